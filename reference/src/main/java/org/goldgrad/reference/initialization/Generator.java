package org.goldgrad.reference.initialization;

/**
 * SplitMix64 (Steele, Lea and Flood 2014), and what is made of its numbers; the same for ever for a seed.
 *
 * <pre>
 *   uniform   53 bits, in [0, 1)
 *   normal    √(−2 ln(1 − u)) cos 2πv, then its sin (Box and Muller 1958)
 * </pre>
 */
final class Generator {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;
    private double spare = Double.NaN;

    /** Neighbouring seeds start far from each other. */
    Generator(int seed) {
        state = mix(seed);
    }

    private static long mix(long x) {
        long z = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** A multiple of 2⁻⁵³ in [0, 1). */
    double uniform() {
        state += GAMMA;
        return (mix(state) >>> 11) * 0x1p-53;
    }

    /** A standard normal number. */
    double normal() {
        if (!Double.isNaN(spare)) {
            double z = spare;
            spare = Double.NaN;
            return z;
        }
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
        double angle = 2 * Math.PI * uniform();
        spare = radius * StrictMath.sin(angle);
        return radius * StrictMath.cos(angle);
    }

    /** A standard normal number within ±cut: the first that is. */
    double normalWithin(double cut) {
        double z = normal();
        while (Math.abs(z) > cut) {
            z = normal();
        }
        return z;
    }
}
