package org.goldgrad.reference.normalization;

import org.ejml.simple.SimpleMatrix;

/**
 * One row on its way through layer normalization.
 *
 * <pre>
 *   μ = (1/n) Σⱼ xⱼ      d = x − μ       v = (1/n) Σⱼ dⱼ²       r = 1/√(v + ε)       x̂ = rd
 * </pre>
 *
 * In two passes: the one-pass variance (1/n) Σ x² − μ² cancels, down to negative values, where the mean is large.
 */
record NormalizedRow(SimpleMatrix d, double mean, double variance, double r) {

    static NormalizedRow of(SimpleMatrix x, int row, double eps) {
        int n = x.getNumCols();
        double sum = 0;
        for (int j = 0; j < n; j++) {
            sum += x.get(row, j);
        }
        double mean = sum / n;
        SimpleMatrix d = new SimpleMatrix(1, n);
        double squares = 0;
        for (int j = 0; j < n; j++) {
            d.set(j, x.get(row, j) - mean);
            squares += d.get(j) * d.get(j);
        }
        double variance = squares / n;
        if (variance + eps == 0) {
            throw new IllegalArgumentException(
                    "row " + (row + 1) + " of x has variance 0, and eps is 0 too: nothing to divide by");
        }
        return new NormalizedRow(d, mean, variance, 1 / Math.sqrt(variance + eps));
    }

    double d(int j) {
        return d.get(j);
    }

    double xHat(int j) {
        return r * d.get(j);
    }
}
