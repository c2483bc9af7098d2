package org.goldgrad.properties.optimization;

import org.goldgrad.analytic.definition.Array;

/** Gradients as training gives them: of very different magnitudes, changing sign, now and then exactly zero. */
final class Gradients {
    private Gradients() {}

    /** ±s·2ᵉ with 1 ≤ s &lt; 2, 3 significant bits, −33 ≤ e ≤ 33 running through the whole range, and a few zeros. */
    static Array spread(int... shape) {
        int size = java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        double[] g = new double[size];
        for (int i = 0; i < size; i++) {
            int exponent = i * 29 % 67 - 33;
            double significand = 1 + i * 5 % 8 / 8.0;
            g[i] = i % 11 == 7 ? 0 : Math.scalb(i * 7 % 5 < 2 ? -significand : significand, exponent);
        }
        return Array.of(shape, g);
    }
}
