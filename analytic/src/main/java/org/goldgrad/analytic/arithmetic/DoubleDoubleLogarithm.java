package org.goldgrad.analytic.arithmetic;

import org.apache.commons.numbers.core.DD;

/**
 * The logarithm of a double-double, by one Newton-like step from that of a double.
 * <pre>
 *   ln x = n ln 2 + ln(1 + t)         x = 2ⁿ(1 + t), 1/√2 ≤ 1 + t < √2 nearly
 *   ln(1 + t) = y + ln(1 + d)         y = StrictMath's ln(1 + t), E = e⁻ʸ − 1
 *   d = (1 + t)(1 + E) − 1 = (t + E) + tE
 *   ln(1 + d) = d − d²/2              |d| < 2⁻⁵⁰|y|
 * </pre>
 * d inherits the error of E, 2⁻¹⁰⁰|E| with |E| < 1.31|y|, and that of t + E and tE, 4u²y². So ln(1 + t) is off by less than
 * 2⁻⁹⁹ of itself, and as |ln x| ≥ ln √2 where n ≠ 0, so is ln x.
 */
final class DoubleDoubleLogarithm {
    /** |t| up to here needs no reduction by ln 2. */
    private static final double SMALL = 0.4;

    private static final double SQRT_2 = 1.4142135623730951;

    private DoubleDoubleLogarithm() {}

    static DoubleDouble log(DoubleDouble x) {
        if (!(x.hi() > 0 && x.hi() < Double.POSITIVE_INFINITY)) {
            return DoubleDouble.of(StrictMath.log(x.hi()));
        }
        int[] exponent = new int[1];
        DD f = x.value().frexp(exponent).scalb(1);
        int n = exponent[0] - 1;
        if (f.hi() > SQRT_2) {
            f = f.scalb(-1);
            n++;
        }
        DoubleDouble v = log1pReduced(f.subtract(1));
        return n == 0 ? v : v.plus(DoubleDouble.of(DoubleDoubleLn2.multiple(n), n));
    }

    static DoubleDouble log1p(DoubleDouble t) {
        return Math.abs(t.hi()) < SMALL ? log1pReduced(t.value()) : log(t.plus(1));
    }

    private static DoubleDouble log1pReduced(DD t) {
        double y = StrictMath.log1p(t.hi());
        DD e = DoubleDoubleExponential.expm1(DoubleDouble.of(-y)).value();
        DD d = t.add(e).add(t.multiply(e));
        DD v = d.subtract(0.5 * d.hi() * d.hi()).add(y);
        return DoubleDouble.of(v, y);
    }
}
