package org.goldgrad.analytic.arithmetic;

import org.apache.commons.numbers.core.DD;

/**
 * The exponential of a double-double.
 * <pre>
 *   eˣ = 2ⁿ(1 + E),  E = e^y − 1              y = x − n ln 2, |y| < 0.35
 *   E by 9 doublings  E ← 2E + E²             from z = y/2⁹
 *   e^z − 1 = z + z²(1/2! + z/3! + … + z⁸/10!)
 * </pre>
 * The relative error of E, in units of u² = 2⁻¹⁰⁶: 3 for the sum that ends the series (its second term is 2⁻¹⁰ times the
 * first, and what is left out 2⁻¹³ u²), 3 for the sum in each of 9 doublings, 2 for E² beside 2E in all of them, and these
 * 32 grow by at most ye^y/(e^y − 1) < 1.4 on the way to |y| ≤ 0.7: below 45u² < 2⁻¹⁰⁰. After reduction |E| < 0.42(1 + E), so
 * eˣ is off by less than 0.42 of that, 6u² for y and 3u² for the last sum: 2⁻¹⁰⁰ again.
 */
final class DoubleDoubleExponential {
    private static final int DOUBLINGS = 9;

    /** eˣ − 1 = E up to here; beyond, subtracting 1 from eˣ costs at most one bit. */
    private static final double UNREDUCED = 0.7;

    /** Below, eˣ − 1 = x(1 + x/2 + …) is x, and dividing x by 2⁹ might cost bits. */
    private static final double TINY = 0x1p-110;

    private static final double LOG2_E = 1.4426950408889634;

    /** 1/2!, 1/3!, … 1/10!, each to u². */
    private static final DD[] INVERSE_FACTORIALS = inverseFactorials();

    private DoubleDoubleExponential() {}

    static DoubleDouble exp(DoubleDouble x) {
        if (!(Math.abs(x.hi()) < 750)) {
            return DoubleDouble.of(StrictMath.exp(x.hi())); // NaN, infinity, or 0
        }
        double n = Math.rint(x.hi() * LOG2_E);
        DD y = n == 0 ? x.value() : DoubleDoubleLn2.subtractMultiple(x.value(), n);
        DD v = expm1(y).add(1);
        return DoubleDouble.of(v, v.hi()).scaled((int) n);
    }

    static DoubleDouble expm1(DoubleDouble x) {
        if (Math.abs(x.hi()) < TINY) {
            return x;
        }
        if (!(Math.abs(x.hi()) <= UNREDUCED)) {
            return exp(x).minus(1);
        }
        DD e = expm1(x.value());
        return DoubleDouble.of(e, e.hi());
    }

    private static DD expm1(DD y) {
        DD z = y.scalb(-DOUBLINGS);
        DD q = INVERSE_FACTORIALS[INVERSE_FACTORIALS.length - 1];
        for (int j = INVERSE_FACTORIALS.length - 2; j >= 0; j--) {
            q = q.multiply(z).add(INVERSE_FACTORIALS[j]);
        }
        DD e = z.add(z.square().multiply(q));
        for (int j = 0; j < DOUBLINGS; j++) {
            e = e.scalb(1).add(e.square());
        }
        return e;
    }

    private static DD[] inverseFactorials() {
        DD[] inverse = new DD[9];
        double factorial = 1;
        for (int j = 0; j < inverse.length; j++) {
            factorial *= j + 2;
            inverse[j] = DD.fromQuotient(1, factorial);
        }
        return inverse;
    }
}
