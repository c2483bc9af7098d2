package org.goldgrad.reference.recurrent;

import org.ejml.simple.SimpleMatrix;

/**
 * The logarithms of the probabilities that scores stand for.
 *
 * <pre>
 *   p_k = e^{y_k − y_m} / Σ_j e^{y_j − y_m}
 *   log p_k = (y_k − y_m) − log(1 + Σ_{j≠m} e^{y_j − y_m})
 *   dy_k = dlogp_k − p_k Σ_j dlogp_j = Σ_{j≠k} (dlogp_k p_j − dlogp_j p_k)
 *
 *   y, p, dlogp, dy  batch×classes, each row alone         m  where y is largest
 * </pre>
 *
 * Shifted by the largest score nothing overflows, both terms of log p_k are ≤ 0, and log1p keeps the digits of a
 * certainty. The second form of dy uses Σ_j p_j = 1, for the first loses the digits of p_k − 1 where p_k is nearly 1.
 */
final class LogSoftmax {
    private LogSoftmax() {}

    static SimpleMatrix of(SimpleMatrix y) {
        SimpleMatrix logp = y.createLike();
        for (int row = 0; row < y.getNumRows(); row++) {
            int m = largest(y, row);
            double log = StrictMath.log1p(others(y, row, m));
            for (int k = 0; k < y.getNumCols(); k++) {
                logp.set(row, k, y.get(row, k) - y.get(row, m) - log);
            }
        }
        return logp;
    }

    /** dy, from y and the gradient by log p. */
    static SimpleMatrix gradient(SimpleMatrix y, SimpleMatrix dlogp) {
        SimpleMatrix dy = y.createLike();
        for (int row = 0; row < y.getNumRows(); row++) {
            SimpleMatrix p = p(y, row);
            for (int k = 0; k < y.getNumCols(); k++) {
                double sum = 0;
                for (int j = 0; j < y.getNumCols(); j++) {
                    sum += j == k ? 0 : dlogp.get(row, k) * p.get(j) - dlogp.get(row, j) * p.get(k);
                }
                dy.set(row, k, sum);
            }
        }
        return dy;
    }

    private static SimpleMatrix p(SimpleMatrix y, int row) {
        int m = largest(y, row);
        double sum = 1 + others(y, row, m);
        return y.getRow(row).elementOp((int r, int k, double score) -> StrictMath.exp(score - y.get(row, m)) / sum);
    }

    /** Σ_{j≠m} e^{y_j − y_m}. */
    private static double others(SimpleMatrix y, int row, int m) {
        double sum = 0;
        for (int j = 0; j < y.getNumCols(); j++) {
            sum += j == m ? 0 : StrictMath.exp(y.get(row, j) - y.get(row, m));
        }
        return sum;
    }

    private static int largest(SimpleMatrix y, int row) {
        int m = 0;
        for (int j = 1; j < y.getNumCols(); j++) {
            m = y.get(row, j) > y.get(row, m) ? j : m;
        }
        return m;
    }
}
