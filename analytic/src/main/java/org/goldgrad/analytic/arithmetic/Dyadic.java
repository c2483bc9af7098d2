package org.goldgrad.analytic.arithmetic;

import java.math.BigDecimal;
import java.math.BigInteger;

/** m·2ᵉ, a number that binary arithmetic can hold; every operation here is exact. */
final class Dyadic implements Comparable<Dyadic> {
    static final Dyadic ZERO = new Dyadic(BigInteger.ZERO, 0);
    static final Dyadic ONE = new Dyadic(BigInteger.ONE, 0);

    private static final BigInteger FIVE = BigInteger.valueOf(5);

    private final BigInteger mantissa;
    private final int exponent;

    Dyadic(BigInteger mantissa, int exponent) {
        this.mantissa = mantissa;
        this.exponent = mantissa.signum() == 0 ? 0 : exponent;
    }

    /** The value of a finite double, with an odd mantissa. */
    static Dyadic of(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("only a finite number has an enclosure, not " + value);
        }
        if (value == 0) {
            return ZERO;
        }
        int e = Math.max(Math.getExponent(value), Double.MIN_EXPONENT) - 52;
        long m = (long) Math.scalb(value, -e);
        int zeros = Long.numberOfTrailingZeros(m);
        return new Dyadic(BigInteger.valueOf(m >> zeros), e + zeros);
    }

    BigInteger mantissa() {
        return mantissa;
    }

    int exponent() {
        return exponent;
    }

    int signum() {
        return mantissa.signum();
    }

    /** t with 2ᵗ⁻¹ ≤ |x| ≤ 2ᵗ, for x ≠ 0. */
    int top() {
        return exponent + mantissa.bitLength();
    }

    Dyadic negate() {
        return new Dyadic(mantissa.negate(), exponent);
    }

    Dyadic abs() {
        return signum() < 0 ? negate() : this;
    }

    /** x·2ᵏ. */
    Dyadic scaled(int k) {
        return new Dyadic(mantissa, exponent + k);
    }

    /** x + y, as wide as the two exponents are apart. */
    Dyadic plus(Dyadic that) {
        int low = Math.min(exponent, that.exponent);
        if (signum() == 0 || that.signum() == 0) {
            return signum() == 0 ? that : this;
        }
        return new Dyadic(mantissa.shiftLeft(exponent - low).add(that.mantissa.shiftLeft(that.exponent - low)), low);
    }

    Dyadic minus(Dyadic that) {
        return plus(that.negate());
    }

    /** Compares by leading bits first, so that far apart exponents cost nothing. */
    @Override
    public int compareTo(Dyadic that) {
        if (signum() != that.signum() || signum() == 0) {
            return Integer.compare(signum(), that.signum());
        }
        if (signum() < 0) {
            return that.negate().compareTo(negate());
        }
        return top() != that.top()
                ? Integer.compare(top(), that.top())
                : minus(that).signum();
    }

    /** ⌊x·2ᵏ⌋. */
    BigInteger floor(int k) {
        return mantissa.shiftLeft(Math.addExact(exponent, k));
    }

    /**
     * The nearest double, ties to even; infinite from 2¹⁰²⁴ − 2⁹⁷⁰ on.
     *
     * <p>The last place of the result is 2^max(t−53, −1074). In that unit the number is rounded as an integer, which is a
     * double, and scaling back rounds nothing.
     */
    double doubleValue() {
        if (signum() == 0) {
            return 0;
        }
        BigInteger m = mantissa.abs();
        long t = (long) exponent + m.bitLength();
        if (t > 1025 || t < -1075) {
            return signum() * (t > 0 ? Double.POSITIVE_INFINITY : 0.0);
        }
        int place = (int) Math.max(t - 53, -1074);
        long units =
                place <= exponent ? m.shiftLeft(exponent - place).longValueExact() : roundHalfEven(m, place - exponent);
        return Math.scalb((double) (signum() * units), place);
    }

    private static long roundHalfEven(BigInteger m, int drop) {
        long floor = m.shiftRight(drop).longValueExact();
        boolean half = m.testBit(drop - 1);
        boolean more = m.getLowestSetBit() < drop - 1;
        return half && (more || (floor & 1) == 1) ? floor + 1 : floor;
    }

    BigDecimal toBigDecimal() {
        return exponent >= 0
                ? new BigDecimal(mantissa.shiftLeft(exponent))
                : new BigDecimal(mantissa.multiply(FIVE.pow(-exponent)), -exponent);
    }
}
