package org.goldgrad.analytic.arithmetic;

import org.apache.commons.numbers.core.DD;

/**
 * Multiples of ln 2 in double-double, after Cody and Waite.
 * <pre>
 *   ln 2 = A + B + C         A, B of 42 bits, so that nA and nB are exact for |n| < 2¹¹; off by 2⁻¹⁴⁰
 * </pre>
 */
final class DoubleDoubleLn2 {
    private static final double A = 0x1.62e42fefa38p-1;
    private static final double B = 0x1.ef35793c76p-45;
    private static final double C = 0x1.cc01f97b57a08p-87;

    private DoubleDoubleLn2() {}

    /** x − n ln 2, off by 6u² of the result where that is not small beside 2⁻³⁰, else by less than 6u²·2⁻³⁰. */
    static DD subtractMultiple(DD x, double n) {
        return x.subtract(n * A).subtract(n * B).subtract(n * C);
    }

    /** n ln 2, to 2u². */
    static DD multiple(int n) {
        return DD.ofSum(n * A, n * B).add(n * C);
    }
}
