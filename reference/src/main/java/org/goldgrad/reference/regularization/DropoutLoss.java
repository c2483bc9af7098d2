package org.goldgrad.reference.regularization;

import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * The expected squared error of linear regression whose features are dropped at random.
 *
 * <pre>
 *   E‖y − (X ⊙ M)w‖² = ‖y − μXw‖² + ς²‖Γw‖²          ‖Γw‖² = Σᵢⱼ (xᵢⱼ wⱼ)²,  Γ² = diag(XᵀX)
 *
 *   X  samples×features     y  samples     w  features     M  independent masks of mean μ, variance ς²
 * </pre>
 *
 * Each residual is a random variable: its square has the expectation (mean)² + variance, and the variance of
 * Σⱼ xᵢⱼ Mᵢⱼ wⱼ is ς² Σⱼ (xᵢⱼ wⱼ)². With the plain mask this is ‖y − pXw‖² + p(1 − p)‖Γw‖² (IFT6135, assignment 2,
 * question 2.1; Srivastava et al. 2014, section 9.1), with the inverted one ‖y − Xw‖² + ((1 − p)/p)‖Γw‖².
 */
public final class DropoutLoss {
    private DropoutLoss() {}

    /** E‖y − (X ⊙ M)w‖² for X (samples×features), y (samples×1), w (features×1), kept with probability p in (0, 1]. */
    public static double expected(SimpleMatrix X, SimpleMatrix y, SimpleMatrix w, double p, DropoutMask mask) {
        new Shape(X.getNumRows(), 1).require("y", "samples×1", y);
        new Shape(X.getNumCols(), 1).require("w", "features×1", w);
        double mu = mask.mean(p);
        double variance = mask.variance(p);
        double residuals = 0;
        double spread = 0;
        for (int i = 0; i < X.getNumRows(); i++) {
            double xw = 0;
            for (int j = 0; j < X.getNumCols(); j++) {
                double term = X.get(i, j) * w.get(j);
                xw += term;
                spread += term * term;
            }
            double residual = y.get(i) - mu * xw;
            residuals += residual * residual;
        }
        return residuals + variance * spread;
    }
}
