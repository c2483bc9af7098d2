package org.goldgrad.analytic.arithmetic;

import java.math.BigInteger;

/**
 * Adds balls with a single rounding at the end.
 * <pre>
 *   Σ mᵢ·2^eᵢ = 2ᶜ·Σ mᵢ·2^(eᵢ−c)          c = min eᵢ
 *   r = Σ rᵢ
 * </pre>
 * Terms more than 2¹⁴ bits below the largest are cut off there instead, and charged 2ᶜ each. Doubles and their products
 * span at most 4,200 bits, so their sums are exact.
 */
final class ExactSum {
    private static final int SPAN = 1 << 14;

    private final BigInteger[] mantissas;
    private final long[] exponents;
    private int count;
    private long top = Long.MIN_VALUE;
    private long bottom = Long.MAX_VALUE;
    private Magnitude radius = Magnitude.ZERO;

    ExactSum(int terms) {
        mantissas = new BigInteger[terms];
        exponents = new long[terms];
    }

    void add(Ball x) {
        add(x.midpoint().mantissa(), x.midpoint().exponent());
        radius = radius.plus(x.radius());
    }

    void addProduct(Ball x, Ball y) {
        add(
                x.midpoint().mantissa().multiply(y.midpoint().mantissa()),
                (long) x.midpoint().exponent() + y.midpoint().exponent());
        radius = radius.plus(Perturbation.product(x, y));
    }

    private void add(BigInteger m, long e) {
        if (m.signum() != 0) {
            mantissas[count] = m;
            exponents[count] = e;
            count++;
            top = Math.max(top, e + m.bitLength());
            bottom = Math.min(bottom, e);
        }
    }

    Ball rounded(Balls balls) {
        if (count == 0) {
            return balls.round(Dyadic.ZERO, radius);
        }
        long c = Math.max(bottom, top - SPAN - 2L * balls.precision());
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < count; i++) {
            long shift = exponents[i] - c;
            sum = sum.add(shift > -Integer.MAX_VALUE ? mantissas[i].shiftLeft((int) shift) : BigInteger.ZERO);
        }
        Magnitude cut = c == bottom ? Magnitude.ZERO : Magnitude.ceiling(count, c);
        return balls.round(sum, c, radius.plus(cut));
    }
}
