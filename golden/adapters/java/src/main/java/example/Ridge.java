package example;

/** Least squares with a penalty on the weights. */
public final class Ridge {
    private Ridge() {}

    /** w = (XᵀX + λI)⁻¹ Xᵀy; the rows of X are samples. */
    public static double[] solution(double[][] X, double[] y, double lambda) {
        int d = X[0].length;
        double[][] A = new double[d][d];
        double[] b = new double[d];
        for (int k = 0; k < d; k++) {
            for (int i = 0; i < X.length; i++) {
                for (int j = 0; j < d; j++) {
                    A[k][j] += X[i][k] * X[i][j];
                }
                b[k] += X[i][k] * y[i];
            }
            A[k][k] += lambda;
        }
        return solve(A, b);
    }

    /** A⁻¹b by Gaussian elimination; a positive definite A needs no pivoting. Overwrites both. */
    private static double[] solve(double[][] A, double[] b) {
        int n = b.length;
        for (int k = 0; k < n; k++) {
            for (int i = k + 1; i < n; i++) {
                double factor = A[i][k] / A[k][k];
                for (int j = k; j < n; j++) {
                    A[i][j] -= factor * A[k][j];
                }
                b[i] -= factor * b[k];
            }
        }
        for (int k = n - 1; k >= 0; k--) {
            for (int j = k + 1; j < n; j++) {
                b[k] -= A[k][j] * b[j];
            }
            b[k] /= A[k][k];
        }
        return b;
    }
}
