package org.goldgrad.analytic.arithmetic;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * m·2ᵉ ≥ 0 with a mantissa of 31 bits: how large something is at most, every operation rounded up.
 *
 * <p>The exponent spans ±2³⁰, beyond which a magnitude is the smallest positive one or infinite. After Johansson 2017,
 * "Arb: efficient arbitrary-precision midpoint-radius interval arithmetic", §3.2, type {@code mag_t}.
 */
final class Magnitude implements Comparable<Magnitude> {
    static final int LIMIT = 1 << 30;

    static final Magnitude ZERO = new Magnitude(0, Integer.MIN_VALUE);
    static final Magnitude INFINITE = new Magnitude(1L << 30, Integer.MAX_VALUE);
    static final Magnitude HALF = ceiling(1, -1);
    static final Magnitude ONE = ceiling(1, 0);
    static final Magnitude TWO = ceiling(1, 1);

    private static final int BITS = 31;
    private static final double LOG2_E = 1.4426950408889634;
    private static final double LOG10_2 = 0.3010299956639812;

    private final long mantissa; // 0, or 2³⁰ ≤ mantissa < 2³¹
    private final int exponent;

    private Magnitude(long mantissa, int exponent) {
        this.mantissa = mantissa;
        this.exponent = exponent;
    }

    /** The least magnitude that is at least m·2ᵉ, m ≥ 0. */
    static Magnitude ceiling(long m, long e) {
        if (m == 0) {
            return ZERO;
        }
        int excess = Long.SIZE - Long.numberOfLeadingZeros(m) - BITS;
        long top = excess > 0 ? ((m - 1) >> excess) + 1 : m << -excess;
        boolean carry = top == 1L << BITS;
        return normal(carry ? top >> 1 : top, e + excess + (carry ? 1 : 0));
    }

    private static Magnitude normal(long m, long e) {
        if (e > LIMIT) {
            return INFINITE;
        }
        return e < -LIMIT ? new Magnitude(1L << (BITS - 1), -LIMIT) : new Magnitude(m, (int) e);
    }

    static Magnitude powerOfTwo(long e) {
        return normal(1L << (BITS - 1), e - (BITS - 1));
    }

    /** At least |x|, by less than one part in 2³⁰. */
    static Magnitude ceiling(Dyadic x) {
        int e = leadingExponent(x);
        boolean exact = isShort(x) || x.mantissa().getLowestSetBit() >= e - x.exponent();
        return ceiling(leading(x) + (exact ? 0 : 1), e);
    }

    /** At most |x|, by less than one part in 2³⁰: the one magnitude here that is rounded down, if need be to 0. */
    static Magnitude floor(Dyadic x) {
        return x.top() - BITS < -LIMIT ? ZERO : ceiling(leading(x), leadingExponent(x));
    }

    private static boolean isShort(Dyadic x) {
        return x.mantissa().bitLength() <= BITS;
    }

    /** The leading 31 bits of |x|, or all of them if there are fewer. */
    private static long leading(Dyadic x) {
        if (isShort(x)) {
            return Math.abs(x.mantissa().longValue());
        }
        BigInteger m = x.signum() < 0 ? x.mantissa().negate() : x.mantissa();
        return m.shiftRight(leadingExponent(x) - x.exponent()).longValue();
    }

    private static int leadingExponent(Dyadic x) {
        return isShort(x) ? x.exponent() : x.top() - BITS;
    }

    boolean isZero() {
        return mantissa == 0;
    }

    boolean isInfinite() {
        return exponent == Integer.MAX_VALUE;
    }

    /** t with 2ᵗ⁻¹ ≤ r < 2ᵗ, for 0 < r < ∞. */
    int top() {
        return exponent + BITS;
    }

    @Override
    public int compareTo(Magnitude that) {
        return exponent != that.exponent
                ? Integer.compare(exponent, that.exponent)
                : Long.compare(mantissa, that.mantissa);
    }

    Magnitude min(Magnitude that) {
        return compareTo(that) <= 0 ? this : that;
    }

    Magnitude max(Magnitude that) {
        return compareTo(that) >= 0 ? this : that;
    }

    Magnitude plus(Magnitude that) {
        if (compareTo(that) < 0) {
            return that.plus(this);
        }
        if (that.isZero() || isInfinite()) {
            return this;
        }
        long shift = Math.min((long) exponent - that.exponent, 62);
        long smaller = (((that.mantissa << BITS) - 1) >> shift) + 1;
        return ceiling((mantissa << BITS) + smaller, (long) exponent - BITS);
    }

    /** r·s, where ∞ times 0 is ∞: of what may be anything, no multiple is known. */
    Magnitude times(Magnitude that) {
        if (isInfinite() || that.isInfinite()) {
            return INFINITE;
        }
        return isZero() || that.isZero() ? ZERO : ceiling(mantissa * that.mantissa, (long) exponent + that.exponent);
    }

    /** r·2ᵏ. */
    Magnitude scaled(int k) {
        return isZero() || isInfinite() ? this : normal(mantissa, (long) exponent + k);
    }

    /** r/s, infinite for s = 0; s must be finite and itself rounded down. */
    Magnitude dividedBy(Magnitude s) {
        if (isInfinite() || s.isZero()) {
            return INFINITE;
        }
        return isZero()
                ? ZERO
                : ceiling(((mantissa << BITS) - 1) / s.mantissa + 1, (long) exponent - BITS - s.exponent);
    }

    /** √r, r finite. */
    Magnitude sqrt() {
        int shift = (exponent & 1) == 0 ? BITS - 1 : BITS;
        long square = mantissa << shift;
        long root = (long) Math.sqrt((double) square);
        while (root * root < square) {
            root++;
        }
        return ceiling(root, (exponent - shift) >> 1);
    }

    /** eʳ − 1, by r + r² up to r = 1 (where Σ rʲ/j! from j = 2 on is at most (e−2)r²) and by a power of two beyond. */
    Magnitude expm1() {
        if (compareTo(ONE) <= 0) {
            return plus(times(this));
        }
        return top() > BITS ? INFINITE : powerOfTwo((long) Math.ceil(doubleValue() * LOG2_E * (1 + 0x1p-50)));
    }

    private double doubleValue() {
        return Math.scalb((double) mantissa, exponent);
    }

    Dyadic toDyadic() {
        int zeros = isZero() ? 0 : Long.numberOfTrailingZeros(mantissa);
        return new Dyadic(BigInteger.valueOf(mantissa >> zeros), exponent + zeros);
    }

    /**
     * Whether |x| ≤ r.
     *
     * <p>10^(k−1) ≤ |x| < 10ᵏ and 2ᵗ⁻¹ ≤ r < 2ᵗ decide unless the two are close, so a radius of 2^−2³⁰ is never written
     * out in decimal.
     */
    boolean covers(BigDecimal x) {
        if (x.signum() == 0 || isInfinite()) {
            return true;
        }
        if (isZero()) {
            return false;
        }
        double k = (double) x.precision() - x.scale();
        if (k - 2 > top() * LOG10_2) {
            return false;
        }
        return k + 1 < (top() - 1) * LOG10_2 || x.abs().compareTo(toDyadic().toBigDecimal()) <= 0;
    }
}
