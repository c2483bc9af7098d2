package org.goldgrad.reference.regularization;

import org.ejml.simple.SimpleMatrix;

/**
 * The weights of linear regression that do best under dropout, in expectation.
 *
 * <pre>
 *   w = argmin ‖y − μXw‖² + ς²‖Γw‖²                 Γ = diag(‖x_1‖, …, ‖x_n‖), x_j the columns of X
 *   w = v/μ,  v = argmin ‖y − Xv‖² + λ‖Γv‖²          λ = ς²/μ² = (1 − p)/p, for either mask
 *
 *   X  samples×features     y  samples     v, w  features     0 &lt; p ≤ 1     μ, ς²  see {@link DropoutMask}
 * </pre>
 *
 * So with plain dropout pw = (XᵀX + λΓ²)⁻¹Xᵀy, and with inverted dropout w is that right side itself. IFT6135,
 * assignment 2, question 2.2.
 */
public final class DropoutSolution {
    private DropoutSolution() {}

    /**
     * The minimizer w (features×1) for X (samples×features), y (samples×1), kept with probability p.
     *
     * @throws IllegalArgumentException if p is outside (0, 1], if a column of X is zero, or if p = 1 and the columns of
     *     X are dependent
     */
    public static SimpleMatrix of(SimpleMatrix X, SimpleMatrix y, double p, DropoutMask mask) {
        if (p <= 0 || p > 1) {
            throw new IllegalArgumentException("p must be above 0 and at most 1, is " + p);
        }
        double lambda = (1 - p) / p;
        SimpleMatrix d = new SimpleMatrix(X.getNumCols(), 1);
        for (int j = 0; j < X.getNumCols(); j++) {
            d.set(j, Math.sqrt(lambda) * X.getColumn(j).normF());
        }
        SimpleMatrix v = PenalizedLeastSquares.minimizer(X, y, d);
        return v.divide(mask.mean(p));
    }
}
