package org.goldgrad.analytic.arithmetic;

import java.math.BigInteger;

/**
 * The arithmetic of balls with midpoints of so many bits: whatever is computed contains the true value.
 *
 * <p>A result that fits the precision is exact. One that does not is rounded to nearest and half a unit in its last place
 * joins the radius. Where certification needs more, evaluate again with more bits (Ziv 1991).
 */
public final class Balls implements Arithmetic<Ball> {
    /** Bits beyond the precision to which something is computed before it is rounded; it then costs 2⁻⁸ of a rounding. */
    private static final int GUARD = 8;

    /** How far a midpoint reaches below its radius; bits further down would say nothing. */
    private static final int BITS_BELOW_RADIUS = 64;

    private static final int MIN_BITS = 16;

    private final int bits;
    private final Ball zero;
    private final Ball one;
    private final Ball unbounded;

    /** Balls whose midpoints have the given number of significant bits, at least 16. */
    public Balls(int bits) {
        if (bits < MIN_BITS) {
            throw new IllegalArgumentException("a midpoint has at least " + MIN_BITS + " bits, not " + bits);
        }
        this.bits = bits;
        zero = new Ball(this, Dyadic.ZERO, Magnitude.ZERO);
        one = new Ball(this, Dyadic.ONE, Magnitude.ZERO);
        unbounded = new Ball(this, Dyadic.ZERO, Magnitude.INFINITE);
    }

    /** The exact value of a finite double, unless it has more bits than a midpoint; then a ball around it. */
    @Override
    public Ball of(double value) {
        return round(Dyadic.of(value), Magnitude.ZERO);
    }

    /** Rounded once: the midpoints are added exactly (see {@link ExactSum}). */
    @Override
    public Ball sum(Ball[] x) {
        ExactSum sum = new ExactSum(x.length);
        for (Ball xi : x) {
            sum.add(xi);
        }
        return sum.rounded(this);
    }

    /** Rounded once: the products of midpoints are exact and added exactly (see {@link ExactSum}). */
    @Override
    public Ball dot(Ball[] x, Ball[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException("cannot multiply length " + x.length + " by length " + y.length);
        }
        ExactSum sum = new ExactSum(x.length);
        for (int i = 0; i < x.length; i++) {
            sum.addProduct(x[i], y[i]);
        }
        return sum.rounded(this);
    }

    @Override
    public int precision() {
        return bits;
    }

    @Override
    public boolean encloses() {
        return true;
    }

    /** The exact centre of the ball; of an unbounded ball, itself. */
    @Override
    public Ball midpoint(Ball x) {
        return x.isUnbounded() ? x : new Ball(this, x.midpoint(), Magnitude.ZERO);
    }

    /** The estimate with the largest |r| for r in radius added to its own radius. */
    @Override
    public Ball within(Ball estimate, Ball radius) {
        return round(estimate.midpoint(), estimate.radius().plus(radius.magnitude()));
    }

    @Override
    public Ball zero() {
        return zero;
    }

    @Override
    public Ball one() {
        return one;
    }

    @Override
    public Ball[] array(int n) {
        return new Ball[n];
    }

    Ball unbounded() {
        return unbounded;
    }

    /** The arithmetic in which something is computed that is to be rounded here. */
    Balls wider() {
        return wider(0);
    }

    /** The same, where so many further bits will be lost on the way. */
    Balls wider(int lost) {
        return new Balls(Math.addExact(bits, GUARD + lost));
    }

    /** The ball of all numbers between lo and hi. */
    Ball between(Dyadic lo, Dyadic hi) {
        return round(lo.plus(hi).scaled(-1), Magnitude.ceiling(hi.minus(lo)).scaled(-1));
    }

    /** m/n for n ≠ 0, cut off some bits beyond the precision, then rounded. */
    Ball quotient(Dyadic m, Dyadic n) {
        int shift = Math.max(
                0, bits + GUARD + n.mantissa().bitLength() - m.mantissa().bitLength());
        BigInteger[] q = m.mantissa().shiftLeft(shift).divideAndRemainder(n.mantissa());
        long e = (long) m.exponent() - n.exponent() - shift;
        return round(q[0], e, cutOff(q[1], e));
    }

    /** √m for m > 0, cut off some bits beyond the precision, then rounded. */
    Ball root(Dyadic m) {
        int shift = Math.max(0, 2 * (bits + GUARD) - m.mantissa().bitLength());
        shift += (m.exponent() - shift) & 1;
        BigInteger[] q = m.mantissa().shiftLeft(shift).sqrtAndRemainder();
        long e = ((long) m.exponent() - shift) / 2;
        return round(q[0], e, cutOff(q[1], e));
    }

    private static Magnitude cutOff(BigInteger remainder, long e) {
        return remainder.signum() == 0 ? Magnitude.ZERO : Magnitude.powerOfTwo(e);
    }

    Ball round(Dyadic x, Magnitude radius) {
        return round(x.mantissa(), x.exponent(), radius);
    }

    /**
     * The ball around m·2ᵉ, with its midpoint rounded to this precision:
     * <pre>
     *   q = max(t − bits, s − 64)             t, s  leading bits of midpoint and radius
     *   m·2ᵉ → the nearest multiple of 2^q    r → r + 2^(q−1) unless that is m·2ᵉ itself
     * </pre>
     * Exponents beyond ±2³⁰ give an unbounded ball, or a tiny one around 0.
     */
    Ball round(BigInteger m, long e, Magnitude radius) {
        if (radius.isInfinite()) {
            return unbounded;
        }
        if (m.signum() == 0) {
            return radius.isZero() ? zero : new Ball(this, Dyadic.ZERO, radius);
        }
        long top = e + m.bitLength();
        if (top > Magnitude.LIMIT) {
            return unbounded;
        }
        long place = top - bits;
        if (!radius.isZero()) {
            place = Math.max(place, (long) radius.top() - BITS_BELOW_RADIUS);
        }
        if (top < -Magnitude.LIMIT || place > top) {
            return new Ball(this, Dyadic.ZERO, radius.plus(Magnitude.powerOfTwo(top)));
        }
        return place <= e ? new Ball(this, new Dyadic(m, (int) e), radius) : round(m, e, place, radius);
    }

    private Ball round(BigInteger m, long e, long place, Magnitude radius) {
        int drop = (int) (place - e);
        BigInteger floor = m.shiftRight(drop);
        if (m.getLowestSetBit() >= drop) {
            return new Ball(this, new Dyadic(floor, (int) place), radius);
        }
        BigInteger nearest = m.testBit(drop - 1) ? floor.add(BigInteger.ONE) : floor;
        return new Ball(this, new Dyadic(nearest, (int) place), radius.plus(Magnitude.powerOfTwo(place - 1)));
    }
}
