package org.goldgrad.reference.optimization;

import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * Gradient descent in a Sobolev metric on a periodic grid: gradients are smoothed, frequency by frequency.
 *
 * <pre>
 *   ĝ_k = Σ_j g_j e^{−2πijk/n}      λ_k = 1 + (4/h²) sin²(πk/n)      d_j = (1/n) Σ_k λ_k⁻ˢ ĝ_k e^{2πijk/n}
 *   θ ← θ − lr d                    d = (I − Δ)⁻ˢ g, as the waves are the eigenvectors of I − Δ and λ_k its eigenvalues
 *
 *   θ, g, d  n×1     h  the spacing     s  ≥ 0
 * </pre>
 *
 * Bai, Rosenberg and Xu 2022.
 *
 * @param lr the learning rate
 * @param h the spacing of the grid, above 0
 * @param s how often the gradient is smoothed
 */
public record SobolevGradient(double lr, double h, int s) {
    public SobolevGradient {
        if (!(h > 0)) {
            throw new IllegalArgumentException("h must be above 0, is " + h);
        }
        if (s < 0) {
            throw new IllegalArgumentException("s must be at least 0, is " + s);
        }
    }

    /** The parameters after one step against the gradient g, which has the shape of theta. */
    public SimpleMatrix step(SimpleMatrix theta, SimpleMatrix g) {
        Shape.of(theta).require("g", "the shape of theta", g);
        return theta.minus(smoothed(g).scale(lr));
    }

    private SimpleMatrix smoothed(SimpleMatrix g) {
        int n = g.getNumElements();
        if (s == 0) {
            return g;
        }
        SimpleMatrix d = g.createLike();
        for (int k = 0; k < n; k++) {
            double even = 0;
            double odd = 0;
            for (int j = 0; j < n; j++) {
                even += g.get(j) * cosine(j * k, n);
                odd += g.get(j) * sine(j * k, n);
            }
            double smoothing = StrictMath.pow(eigenvalue(k, n), -s) / n;
            for (int j = 0; j < n; j++) {
                double wave = even * cosine(j * k, n) + odd * sine(j * k, n);
                d.set(j, d.get(j) + smoothing * wave);
            }
        }
        return d;
    }

    private double eigenvalue(int k, int n) {
        double slope = 2 * StrictMath.sin(Math.PI * Math.min(k, n - k) / n) / h;
        return 1 + slope * slope;
    }

    /** cos 2πm/n. */
    private static double cosine(int m, int n) {
        return sine(4 * (m % n) + n, 4 * n);
    }

    /** sin 2πm/n, from the same wave at most an eighth of a turn from 0, where rounding the angle costs least. */
    private static double sine(int m, int n) {
        int eighths = 8 * Math.floorMod(m, n); // of a turn, times n
        int quarter = (eighths + n) / (2 * n); // the nearest multiple of a quarter turn
        double angle = Math.PI / 4 * (eighths - 2 * n * quarter) / n;
        return switch (quarter % 4) {
            case 0 -> StrictMath.sin(angle);
            case 1 -> StrictMath.cos(angle);
            case 2 -> -StrictMath.sin(angle);
            default -> -StrictMath.cos(angle);
        };
    }
}
