package org.goldgrad.reference.optimization;

import org.ejml.simple.SimpleMatrix;

/**
 * Natural gradient descent for logistic regression: the steepest step where distance is how much the answers change.
 *
 * <pre>
 *   F(θ) d = ∇L(θ)      θ ← θ − lr d             F, ∇L  see {@link LogisticRegression}
 *
 *   θ, d  d×1     X  n×d, a batch     y  n×1, between 0 and 1
 * </pre>
 *
 * Amari 1998; Martens 2020.
 */
public record NaturalGradient(double lr) {

    /**
     * The parameters after one step on a batch.
     *
     * @throws IllegalArgumentException if F is singular: fewer samples than features, or dependent columns
     */
    public SimpleMatrix step(SimpleMatrix theta, SimpleMatrix X, SimpleMatrix y) {
        LogisticRegression regression = new LogisticRegression(X);
        SimpleMatrix d = Cholesky.of(regression.fisher(theta)).solve(regression.gradient(theta, y));
        return theta.minus(d.scale(lr));
    }
}
