package org.goldgrad.reference.optimization;

import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * Co-natural gradient descent: the damped metric of an earlier task shortens the steps that this task would notice.
 *
 * <pre>
 *   (F + λI) d = g      θ ← θ − lr d             F = F(θ_prev) on X, see {@link LogisticRegression}
 *
 *   θ, θ_prev, g, d  d×1     X  n×d, of the earlier task
 * </pre>
 *
 * Michel, Salesky and Neubig 2019. The metric is factored once and stays.
 */
public final class ConaturalGradient {
    private final double lr;
    private final int features;
    private final Cholesky metric;

    /**
     * The rule that remembers a task.
     *
     * @throws IllegalArgumentException if λ is negative, or too small to make F regular
     */
    public ConaturalGradient(SimpleMatrix X, SimpleMatrix thetaPrev, double lambda, double lr) {
        if (!(lambda >= 0)) {
            throw new IllegalArgumentException("lambda must be at least 0, is " + lambda);
        }
        this.lr = lr;
        features = X.getNumCols();
        SimpleMatrix damping = SimpleMatrix.identity(features).scale(lambda);
        metric = Cholesky.of(new LogisticRegression(X).fisher(thetaPrev).plus(damping));
    }

    /** The parameters after one step against the gradient g. */
    public SimpleMatrix step(SimpleMatrix theta, SimpleMatrix g) {
        new Shape(features, 1).require("theta", "features×1", theta);
        new Shape(features, 1).require("g", "features×1", g);
        return theta.minus(metric.solve(g).scale(lr));
    }
}
