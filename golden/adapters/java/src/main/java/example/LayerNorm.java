package example;

/**
 * Layer normalisation of one sample.
 *
 * <pre>
 *   μ = (1/n) Σ x_j      v = (1/n) Σ (x_j - μ)²      y_j = γ_j (x_j - μ)/√(v + ε) + β_j
 * </pre>
 */
public record LayerNorm(double[] y, double mean, double variance) {
    public static LayerNorm of(double[] x, double[] gamma, double[] beta, double eps) {
        int n = x.length;
        double mean = 0;
        for (double xj : x) {
            mean += xj / n;
        }
        double variance = 0;
        for (double xj : x) {
            variance += (xj - mean) * (xj - mean) / n;
        }
        double[] y = new double[n];
        for (int j = 0; j < n; j++) {
            y[j] = gamma[j] * (x[j] - mean) / Math.sqrt(variance + eps) + beta[j];
        }
        return new LayerNorm(y, mean, variance);
    }
}
