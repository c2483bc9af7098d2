package org.goldgrad.reference.regularization;

import org.ejml.simple.SimpleMatrix;

/**
 * Ridge regression: least squares with a price on large weights.
 *
 * <pre>
 *   w = argmin ‖y − Xw‖² + λ‖w‖² = argmin ‖[y; 0] − [X; √λ I] w‖²
 *
 *   X  samples×features     y  samples     w  features     λ ≥ 0
 * </pre>
 *
 * IFT6135, assignment 2, question 2.3. The normal equations w = (XᵀX + λI)⁻¹Xᵀy would square the condition number.
 */
public final class RidgeSolution {
    private RidgeSolution() {}

    /**
     * The minimizer w (features×1) for X (samples×features), y (samples×1) and the penalty λ ≥ 0.
     *
     * @throws IllegalArgumentException if λ is negative, or if λ = 0 and the columns of X are dependent
     */
    public static SimpleMatrix of(SimpleMatrix X, SimpleMatrix y, double lambda) {
        if (lambda < 0) {
            throw new IllegalArgumentException("lambda must be at least 0, is " + lambda);
        }
        SimpleMatrix d = SimpleMatrix.filled(X.getNumCols(), 1, Math.sqrt(lambda));
        return PenalizedLeastSquares.minimizer(X, y, d);
    }
}
