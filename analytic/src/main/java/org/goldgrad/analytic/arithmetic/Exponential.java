package org.goldgrad.analytic.arithmetic;

import java.math.BigInteger;

/**
 * The exponential of an exact number, and what is made of it, enclosed to nearly full relative precision.
 * <pre>
 *   eˣ = 2ⁿ(1 + E),  E = e^y − 1              y = x − n ln 2, |y| < 0.36
 *   E by k doublings  E ← E(E + 2)            from z = y/2ᵏ
 *   e^z − 1 = z + z²/2! + z³/3! + …           |z| < 2^−k−1
 * </pre>
 * All in integers, a number v standing for v·2⁻ᵖ (a unit is 2⁻ᵖ). The method is that of Brent 1976, "Fast multiple-precision
 * evaluation of elementary functions"; doubling e^z − 1 rather than squaring e^z keeps tiny arguments precise.
 */
final class Exponential {
    /** |x| < 2⁻² is not reduced by a multiple of ln 2, so that eˣ − 1 keeps its relative precision. */
    private static final int SMALL = -2;

    private static final double LOG2_E = 1.4426950408889634;

    private Exponential() {}

    static Ball exp(Dyadic x, Balls balls) {
        if (x.signum() == 0) {
            return balls.one();
        }
        if (x.top() > 31) {
            // |x| ≥ 2³⁰, so eˣ is at least 2^2³⁰ or at most its reciprocal
            return x.signum() > 0
                    ? balls.unbounded()
                    : balls.round(Dyadic.ZERO, Magnitude.powerOfTwo(-Magnitude.LIMIT));
        }
        long n = x.top() <= SMALL ? 0 : (long) Math.rint(x.doubleValue() * LOG2_E);
        int p = balls.precision() + guard(balls);
        BigInteger one = BigInteger.ONE.shiftLeft(p);
        return balls.round(one.add(expm1(reduced(x, n, p), p, balls)), n - p, Magnitude.ceiling(error(balls), n - p));
    }

    static Ball expm1(Dyadic x, Balls balls) {
        if (x.signum() == 0) {
            return balls.zero();
        }
        if (x.top() > SMALL) {
            return exp(x, balls.wider()).minus(balls.one());
        }
        // from 2^(top−1) ≤ |x| on, p counts bits below the leading one
        int p = balls.precision() + guard(balls) - x.top();
        return balls.round(expm1(x.floor(p), p, balls), -p, Magnitude.ceiling(error(balls), -p));
    }

    /** tanh x = E/(E + 2) with E = e²ˣ − 1; from |x| ≥ the precision on, 1 − |tanh x| < 2e^−2|x| < 2^−2|x|. */
    static Ball tanh(Dyadic x, Balls balls) {
        if (x.signum() < 0) {
            return tanh(x.negate(), balls).negate();
        }
        if (x.compareTo(new Dyadic(BigInteger.valueOf(balls.precision()), 0)) >= 0) {
            return balls.round(Dyadic.ONE, Magnitude.powerOfTwo(-2L * balls.precision()));
        }
        Ball e = expm1(x.scaled(1), balls.wider());
        return e.dividedBy(e.plus(2));
    }

    /** σ(x) = 1/(1 + e⁻ˣ) for x ≥ 0 and eˣ/(1 + eˣ) for x < 0. */
    static Ball sigmoid(Dyadic x, Balls balls) {
        Ball e = exp(x.abs().negate(), balls.wider());
        Ball denominator = e.plus(1);
        return x.signum() < 0 ? e.dividedBy(denominator) : denominator.reciprocal();
    }

    private static int guard(Balls balls) {
        return 12 + Integer.SIZE - Integer.numberOfLeadingZeros(balls.precision());
    }

    /**
     * y = x − n ln 2 in units of 2⁻ᵖ, off by less than 2: x and ln 2 are cut off at b more bits, where |n| < 2ᵇ⁻¹, which
     * makes an error below (|n| + 1)2⁻ᵇ ≤ 1/2 + 1/2 units; then the difference is cut off.
     */
    private static BigInteger reduced(Dyadic x, long n, int p) {
        if (n == 0) {
            return x.floor(p);
        }
        int b = Long.SIZE - Long.numberOfLeadingZeros(Math.abs(n)) + 1;
        return x.floor(p + b)
                .subtract(Ln2.floor(p + b).multiply(BigInteger.valueOf(n)))
                .shiftRight(b);
    }

    /**
     * Units by which {@link #expm1(BigInteger, int, Balls)} and the argument given to it may be off, generously.
     *
     * <p>The argument: less than 2 units, times e^|y| < 1.5.
     *
     * <p>The series, at p + k bits, N terms: each is cut off once and inherits at most 1/4 of its predecessor's error, so
     * is off by 4/3; the first one left out is below 2 units and those after it below half of one another. At most
     * 4N/3 + 4 units of 2^−p−k, and N ≤ w, the bits of the argument, because each term is less than half its predecessor.
     *
     * <p>The doublings: an error d becomes at most 2(1 + |E|)d + d² + 1, where 1 + E = e^(2ʲz); the product of the factors
     * is 2ᵏe^|y| < 1.5·2ᵏ. At most 1.6·2ᵏ(4N/3 + 5) units of 2^−p−k, that is 2.2N + 8 units; then k bits are cut off.
     *
     * <p>Together less than 3N + 12 ≤ 4w, and 12 < w, which is at most the precision and the guard bits.
     */
    private static long error(Balls balls) {
        return 4L * (balls.precision() + guard(balls));
    }

    /** e^y − 1 where y and the result are in units of 2⁻ᵖ. */
    private static BigInteger expm1(BigInteger y, int p, Balls balls) {
        int zeros = p - y.bitLength();
        int k = Math.max(0, halvings(balls.precision()) - zeros);
        BigInteger e = series(y, p + k);
        for (int j = 0; j < k; j++) {
            e = e.multiply(e).shiftRight(p + k).add(e.shiftLeft(1));
        }
        return e.shiftRight(k);
    }

    /** About as many halvings as terms: each costs one long multiplication. */
    private static int halvings(int bits) {
        return (int) Math.sqrt(bits) - 2;
    }

    /** z + z²/2! + z³/3! + … until a term vanishes; the terms are kept positive, so that cutting off goes towards 0. */
    private static BigInteger series(BigInteger z, int p) {
        BigInteger size = z.abs();
        boolean negative = z.signum() < 0;
        BigInteger term = size;
        BigInteger sum = z;
        for (int j = 2; term.signum() != 0; j++) {
            term = term.multiply(size).shiftRight(p).divide(BigInteger.valueOf(j));
            sum = negative && (j & 1) == 1 ? sum.subtract(term) : sum.add(term);
        }
        return sum;
    }
}
