package org.goldgrad.reports;

import java.util.Locale;
import org.goldgrad.golden.vectors.Decimal;

/** Numbers as people read them. */
final class Numbers {
    private Numbers() {}

    /** Two digits, for an error or what is allowed of it. */
    static String error(double x) {
        return Double.isFinite(x) && x != 0 ? String.format(Locale.ROOT, "%.1e", x) : Decimal.shortest(x);
    }

    /** One decimal, for digits and bits; a dash where nothing was measured. */
    static String tenth(double x) {
        return Double.isNaN(x) ? "–" : Double.isInfinite(x) ? "∞" : String.format(Locale.ROOT, "%.1f", x);
    }

    /** For errors in ulp, which are mostly near one and sometimes immense. */
    static String ulp(double x) {
        return x >= 1000 && !Double.isInfinite(x) ? String.format(Locale.ROOT, "%.0e", x) : tenth(x);
    }

    /** A dot instead of 0, so that what is not 0 catches the eye. */
    static String orDot(int n) {
        return n == 0 ? "·" : Integer.toString(n);
    }

    /** {@code 1 case}, {@code 2 cases}. */
    static String count(int n, String noun) {
        return n + " " + noun + (n == 1 ? "" : "s");
    }
}
