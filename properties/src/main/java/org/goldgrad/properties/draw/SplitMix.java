package org.goldgrad.properties.draw;

/**
 * SplitMix64 (Steele, Lea and Flood 2014): 64 random bits from a counter, specified here so that a seed means the same
 * everywhere and for ever.
 */
public final class SplitMix {
    private long state;

    public SplitMix(long seed) {
        state = seed;
    }

    /** The next 64 bits. */
    public long next() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A number 0 ≤ n &lt; bound; its bias is below bound·2⁻⁶³. */
    public int below(int bound) {
        return (int) ((next() >>> 1) % bound);
    }

    /** A uniform double in [0, 1) with 53 bits. */
    public double uniform() {
        return (next() >>> 11) * 0x1p-53;
    }
}
