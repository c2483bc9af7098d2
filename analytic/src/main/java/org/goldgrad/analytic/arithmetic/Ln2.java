package org.goldgrad.analytic.arithmetic;

import java.math.BigInteger;

/**
 * The natural logarithm of 2 to any number of bits.
 * <pre>
 *   ln 2 = 18 artanh(1/26) − 2 artanh(1/4801) + 8 artanh(1/8749)
 *   artanh(1/n) = Σ n^−(2j+1)/(2j+1)                               j from 0
 * </pre>
 * Because 2 artanh(1/n) = ln((n+1)/(n−1)) and (27/25)⁹ · (4800/4802) · (8750/8748)⁴ = 2.
 */
final class Ln2 {
    private static final int GUARD = 32;

    /** The longest value so far; every value is an exact floor, so a shorter one is a prefix of it, whoever came first. */
    private static volatile Ln2 longest = new Ln2(1024);

    private final int bits;
    private final BigInteger floor;

    private Ln2(int bits) {
        this.bits = bits;
        this.floor = floorOf(bits);
    }

    /** ⌊2ᵏ ln 2⌋. */
    static BigInteger floor(int k) {
        Ln2 known = longest;
        if (known.bits < k) {
            known = new Ln2(Math.max(k, 2 * known.bits));
            longest = known;
        }
        return known.floor.shiftRight(known.bits - k);
    }

    /**
     * Adds guard bits until the error leaves one possible floor.
     *
     * <p>A term is cut off twice and inherits less than one unit: 2 units. With w bits a series has at most w/9 + 1 terms and
     * less than 1 unit beyond them, and the coefficients add up to 28, so the error is below 28(2w/9 + 3) < 28w units.
     */
    private static BigInteger floorOf(int bits) {
        for (int guard = GUARD; ; guard += GUARD) {
            int w = bits + guard;
            BigInteger sum = artanh(26, 18, w).subtract(artanh(4801, 2, w)).add(artanh(8749, 8, w));
            BigInteger error = BigInteger.valueOf(28L * w);
            BigInteger low = sum.subtract(error).shiftRight(guard);
            if (low.equals(sum.add(error).shiftRight(guard))) {
                return low;
            }
        }
    }

    /** About 2ʷ·c·artanh(1/n). */
    private static BigInteger artanh(int n, int c, int w) {
        BigInteger square = BigInteger.valueOf((long) n * n);
        BigInteger power = BigInteger.ONE.shiftLeft(w).divide(BigInteger.valueOf(n));
        BigInteger sum = BigInteger.ZERO;
        for (int j = 0; power.signum() != 0; j++) {
            sum = sum.add(power.divide(BigInteger.valueOf(2L * j + 1)));
            power = power.divide(square);
        }
        return sum.multiply(BigInteger.valueOf(c));
    }
}
