package org.goldgrad.reference.initialization;

import java.util.function.ToDoubleFunction;

/** Initial weights: n independent numbers of one distribution, which a seed decides. */
public final class Weights {
    /** Where truncated normals are cut off, in standard deviations. */
    private static final double CUT = 2;

    private Weights() {}

    /** n times N(0, σ²). */
    public static double[] gaussian(double sigma, int n, int seed) {
        return drawn(sigma, "sigma", n, seed, Generator::normal);
    }

    /** n times U(−b, b). */
    public static double[] uniform(double bound, int n, int seed) {
        return drawn(bound, "bound", n, seed, generator -> 2 * generator.uniform() - 1);
    }

    /** n times N(0, σ²) given that it is within ±2σ, which leaves {@link #deviationWithin} times σ of its deviation. */
    public static double[] truncated(double sigma, int n, int seed) {
        return drawn(sigma, "sigma", n, seed, generator -> generator.normalWithin(CUT));
    }

    private static double[] drawn(double scale, String name, int n, int seed, ToDoubleFunction<Generator> standard) {
        if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be a number > 0, is " + scale);
        }
        Generator generator = new Generator(seed);
        double[] w = new double[n];
        for (int i = 0; i < n; i++) {
            w[i] = scale * standard.applyAsDouble(generator);
        }
        return w;
    }

    /**
     * The standard deviation of a standard normal number given that it is within ±2, by Simpson's rule.
     *
     * <pre>
     *   √(∫x²φ(x)dx / ∫φ(x)dx)      from 0 to 2 = 0.8796…, to 13 digits with 2000 steps
     * </pre>
     */
    public static double deviationWithin() {
        int steps = 2000;
        double mass = 0;
        double square = 0;
        for (int i = 0; i <= steps; i++) {
            double x = CUT * i / steps;
            double weight = (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2) * StrictMath.exp(-x * x / 2);
            mass += weight;
            square += weight * x * x;
        }
        return StrictMath.sqrt(square / mass);
    }
}
