package org.goldgrad.golden.vectors;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Doubles as decimals that read back to the same bits.
 *
 * <p>Not {@code Double.toString}: until JDK 18 its digits were sometimes neither shortest nor nearest, so that it differs
 * between versions of Java.
 */
public final class Decimal {
    /** Every double is told from its neighbours by so many digits. */
    private static final int ENOUGH = 17;

    private static final MathContext BUDGET = new MathContext(3, RoundingMode.CEILING);

    private Decimal() {}

    /**
     * The shortest decimal that reads back to x, and of several the one nearest to x: {@code 0.1}, {@code -2.0},
     * {@code 6.25e-5}, {@code 1.5e16}; {@code NaN}, {@code Infinity}.
     */
    public static String shortest(double x) {
        if (!Double.isFinite(x)) {
            return Double.isNaN(x) ? "NaN" : x > 0 ? "Infinity" : "-Infinity";
        }
        String sign = Math.copySign(1.0, x) < 0 ? "-" : "";
        return sign + (x == 0 ? "0.0" : written(shortest(new BigDecimal(Math.abs(x)))));
    }

    /** The smallest decimal of three digits that is not below x ≥ 0: what a published budget is rounded to. */
    static double ceiling(double x) {
        return x == 0 || !Double.isFinite(x)
                ? x
                : shortest(new BigDecimal(x)).round(BUDGET).doubleValue();
    }

    /** With n digits x is reached if it is with fewer, so the least n is found by halving. */
    private static BigDecimal shortest(BigDecimal exact) {
        double x = exact.doubleValue();
        int least = 1;
        int most = ENOUGH;
        while (least < most) {
            int n = (least + most) / 2;
            if (reads(digits(exact, n, x), x)) {
                most = n;
            } else {
                least = n + 1;
            }
        }
        return digits(exact, least, x);
    }

    /** The nearest decimal of n digits, or its neighbour on the other side of x where only that one reads back. */
    private static BigDecimal digits(BigDecimal exact, int n, double x) {
        BigDecimal nearest = exact.round(new MathContext(n, RoundingMode.HALF_EVEN));
        if (reads(nearest, x)) {
            return nearest;
        }
        RoundingMode across = nearest.compareTo(exact) < 0 ? RoundingMode.CEILING : RoundingMode.FLOOR;
        BigDecimal other = exact.round(new MathContext(n, across));
        return reads(other, x) ? other : nearest;
    }

    private static boolean reads(BigDecimal decimal, double x) {
        return Double.parseDouble(decimal.toString()) == x;
    }

    /** Plain from 10⁻⁴ up to 10¹⁶, with an exponent beyond; a point or an exponent says that it is a real number. */
    private static String written(BigDecimal decimal) {
        BigDecimal stripped = decimal.stripTrailingZeros();
        String digits = stripped.unscaledValue().toString();
        int exponent = digits.length() - 1 - stripped.scale();
        if (exponent >= -4 && exponent < 16) {
            return stripped.setScale(Math.max(1, stripped.scale()), RoundingMode.UNNECESSARY)
                    .toPlainString();
        }
        return digits.charAt(0) + (digits.length() > 1 ? "." + digits.substring(1) : "") + "e" + exponent;
    }
}
