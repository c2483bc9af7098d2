package org.goldgrad.reference.optimization;

import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * Logistic regression on one batch: the gradient of its mean cross-entropy, and the metric of its natural gradient.
 *
 * <pre>
 *   p = σ(Xθ)      ∇L = Xᵀ(p − y)/n      F = Xᵀ diag(p ⊙ (1 − p)) X/n
 *
 *   X  n×d     y, p  n×1     θ, ∇L  d×1     F  d×d, positive semidefinite
 * </pre>
 */
record LogisticRegression(SimpleMatrix X) {

    SimpleMatrix gradient(SimpleMatrix theta, SimpleMatrix y) {
        new Shape(X.getNumRows(), 1).require("y", "samples×1", y);
        SimpleMatrix p = logits(theta).elementOp((int row, int column, double z) -> sigmoid(z));
        return X.transpose().mult(p.minus(y)).divide(X.getNumRows());
    }

    SimpleMatrix fisher(SimpleMatrix theta) {
        SimpleMatrix weights = logits(theta).elementOp((int row, int column, double z) -> sigmoid(z) * sigmoid(-z));
        SimpleMatrix weighted = X.elementOp((int row, int column, double value) -> value * weights.get(row));
        return X.transpose().mult(weighted).divide(X.getNumRows());
    }

    private SimpleMatrix logits(SimpleMatrix theta) {
        new Shape(X.getNumCols(), 1).require("theta", "features×1", theta);
        return X.mult(theta);
    }

    /** 1/(1 + e⁻ᶻ), by whichever exponential cannot overflow. */
    private static double sigmoid(double z) {
        double e = StrictMath.exp(-Math.abs(z));
        return (z >= 0 ? 1 : e) / (1 + e);
    }
}
