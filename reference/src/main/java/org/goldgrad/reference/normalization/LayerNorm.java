package org.goldgrad.reference.normalization;

import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * Layer normalization: every row is shifted and scaled to mean 0 and variance 1, then by learnt weights.
 *
 * <pre>
 *   μ = (1/n) Σⱼ xⱼ      d = x − μ       v = (1/n) Σⱼ dⱼ²       for each row x of X
 *   r = 1/√(v + ε)       x̂ = rd          y = γ ⊙ x̂ + β
 *
 *   X, Y  rows×n (n features)            γ, β  n×1            mean, variance  rows×1
 * </pre>
 *
 * Ba, Kiros and Hinton 2016; IFT6135, assignment 2, question 4. The variance divides by n.
 */
public final class LayerNorm {
    private final SimpleMatrix gamma;
    private final SimpleMatrix beta;
    private final double eps;

    private LayerNorm(SimpleMatrix gamma, SimpleMatrix beta, double eps) {
        this.gamma = gamma.copy();
        this.beta = beta.copy();
        this.eps = eps;
    }

    /** A layer with the weights gamma and beta (features×1, features ≥ 1) and eps added to the variance. */
    public static LayerNorm of(SimpleMatrix gamma, SimpleMatrix beta, double eps) {
        if (gamma.getNumRows() == 0 || gamma.getNumCols() != 1) {
            throw new IllegalArgumentException("gamma must be features×1 with features ≥ 1, is " + Shape.of(gamma));
        }
        Shape.of(gamma).require("beta", "features×1", beta);
        return new LayerNorm(gamma, beta, eps);
    }

    /**
     * What the layer returns.
     *
     * @param y the normalized rows, rows×features
     * @param mean the mean of each row, rows×1
     * @param variance the variance of each row, divided by the number of features, rows×1
     */
    public record Output(SimpleMatrix y, SimpleMatrix mean, SimpleMatrix variance) {}

    /**
     * Normalizes the rows of x (rows×features).
     *
     * @throws IllegalArgumentException if a row's variance plus eps is 0
     */
    public Output forward(SimpleMatrix x) {
        requireRows("x", x.getNumRows(), x);
        SimpleMatrix y = x.createLike();
        SimpleMatrix mean = new SimpleMatrix(x.getNumRows(), 1);
        SimpleMatrix variance = new SimpleMatrix(x.getNumRows(), 1);
        for (int row = 0; row < x.getNumRows(); row++) {
            NormalizedRow normalized = NormalizedRow.of(x, row, eps);
            mean.set(row, normalized.mean());
            variance.set(row, normalized.variance());
            for (int j = 0; j < x.getNumCols(); j++) {
                y.set(row, j, gamma.get(j) * normalized.xHat(j) + beta.get(j));
            }
        }
        return new Output(y, mean, variance);
    }

    /**
     * The gradients of a loss, each of the shape of what it is the gradient of.
     *
     * @param dx by x, rows×features
     * @param dgamma by gamma, features×1
     * @param dbeta by beta, features×1
     * @param deps by eps
     */
    public record Gradient(SimpleMatrix dx, SimpleMatrix dgamma, SimpleMatrix dbeta, double deps) {}

    /**
     * Backpropagation from the gradients by all three outputs.
     *
     * <pre>
     *   a = γ ⊙ dy                                            ∂L/∂x̂
     *   s = −½r² Σⱼ aⱼx̂ⱼ                                      ∂L/∂v through y, as ∂r/∂v = −½r³ and x̂ = rd
     *   q = dvariance + s                                     ∂L/∂v
     *   dx = r(a − ā) + (2/n) q d + dmean/n                   ā = (1/n) Σⱼ aⱼ, as d = x − μ and Σⱼ dⱼ = 0
     *   dγ = Σ dy ⊙ x̂        dβ = Σ dy        dε = Σ s        sums over the rows
     *
     *   dy, dx  rows×n       dmean, dvariance  rows×1         dγ, dβ  n×1
     * </pre>
     */
    public Gradient backward(SimpleMatrix x, SimpleMatrix dy, SimpleMatrix dmean, SimpleMatrix dvariance) {
        int rows = x.getNumRows();
        int n = x.getNumCols();
        requireRows("x", rows, x);
        requireRows("dy", rows, dy);
        new Shape(rows, 1).require("dmean", "rows×1", dmean);
        new Shape(rows, 1).require("dvariance", "rows×1", dvariance);
        SimpleMatrix dx = x.createLike();
        SimpleMatrix dgamma = gamma.createLike();
        SimpleMatrix dbeta = beta.createLike();
        double deps = 0;
        for (int row = 0; row < rows; row++) {
            NormalizedRow normalized = NormalizedRow.of(x, row, eps);
            double r = normalized.r();
            double sumA = 0;
            double sumAXHat = 0;
            for (int j = 0; j < n; j++) {
                double a = gamma.get(j) * dy.get(row, j);
                sumA += a;
                sumAXHat += a * normalized.xHat(j);
                dgamma.set(j, dgamma.get(j) + dy.get(row, j) * normalized.xHat(j));
                dbeta.set(j, dbeta.get(j) + dy.get(row, j));
            }
            double s = -0.5 * r * r * sumAXHat;
            double q = dvariance.get(row) + s;
            deps += s;
            for (int j = 0; j < n; j++) {
                double a = gamma.get(j) * dy.get(row, j);
                dx.set(row, j, r * (a - sumA / n) + 2 * q * normalized.d(j) / n + dmean.get(row) / n);
            }
        }
        return new Gradient(dx, dgamma, dbeta, deps);
    }

    private void requireRows(String name, int rows, SimpleMatrix matrix) {
        new Shape(rows, gamma.getNumRows()).require(name, "rows×features", matrix);
    }
}
