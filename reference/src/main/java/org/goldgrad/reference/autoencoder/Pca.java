package org.goldgrad.reference.autoencoder;

import org.ejml.simple.SimpleMatrix;
import org.ejml.simple.SimpleSVD;
import org.goldgrad.reference.Shape;

/**
 * Principal components: the directions of largest variance, as the projector onto the first k.
 *
 * <pre>
 *   C = X − x̄1ᵀ            x̄ = (1/n) Σ x_j, the mean column
 *   C = UΣVᵀ               singular values σ_1 ≥ σ_2 ≥ …, 0 beyond the smaller side of C
 *   s_i = σ_i²/n           or σ_i²/(n − 1)              i = 1 … m
 *   P = U_k U_kᵀ           U_k  the first k columns of U
 *
 *   X  m×n, columns are samples      U  m×m      s  m×1      P  m×m
 * </pre>
 *
 * The eigenvalues are unique; the projector is where s_k > s_{k+1}, though no eigenvector's sign is. Singular values of
 * the data keep the digits of small eigenvalues that forming the covariance CCᵀ/n would lose.
 *
 * @param eigenvalues of the sample covariance, all m in falling order, m×1
 * @param projector onto the span of the first k eigenvectors, m×m
 */
public record Pca(SimpleMatrix eigenvalues, SimpleMatrix projector) {

    /** What the covariance divides by. */
    public enum Divisor {
        /** The number n of samples: the covariance of the samples themselves. */
        N,
        /** n − 1: the unbiased estimate, as scikit-learn's explained variance. */
        N_MINUS_ONE
    }

    /**
     * The components of X (m×n, columns are samples, centered here) up to k, 0 ≤ k ≤ m; NaN where X is not finite.
     *
     * @throws IllegalArgumentException if k is out of range, or n leaves the divisor 0
     */
    public static Pca of(SimpleMatrix X, int k, Divisor divisor) {
        int m = X.getNumRows();
        int n = X.getNumCols();
        if (k < 0 || k > m) {
            throw new IllegalArgumentException("k must be from 0 to m = " + m + ", is " + k);
        }
        int count = divisor == Divisor.N ? n : n - 1;
        if (count <= 0) {
            throw new IllegalArgumentException(
                    "X must have at least " + (1 + n - count) + " columns, is " + Shape.of(X));
        }
        if (X.hasUncountable()) {
            return new Pca(SimpleMatrix.filled(m, 1, Double.NaN), SimpleMatrix.filled(m, m, Double.NaN));
        }
        boolean compact = m <= n; // then U is m×m all the same, and V no larger than X
        SimpleSVD<SimpleMatrix> svd = centered(X).svd(compact);
        SimpleMatrix eigenvalues = new SimpleMatrix(m, 1);
        for (int i = 0; i < Math.min(m, n); i++) {
            double sigma = svd.getSingleValue(i);
            eigenvalues.set(i, sigma * sigma / count);
        }
        SimpleMatrix Uk = svd.getU().cols(0, k);
        return new Pca(eigenvalues, Uk.mult(Uk.transpose()));
    }

    private static SimpleMatrix centered(SimpleMatrix X) {
        SimpleMatrix C = X.createLike();
        int n = X.getNumCols();
        for (int i = 0; i < X.getNumRows(); i++) {
            double mean = X.getRow(i).elementSum() / n;
            for (int j = 0; j < n; j++) {
                C.set(i, j, X.get(i, j) - mean);
            }
        }
        return C;
    }
}
