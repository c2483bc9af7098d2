package org.goldgrad.reference.initialization;

import org.ejml.simple.SimpleMatrix;

/**
 * How the mean square of activations goes on from layer to layer, in expectation over symmetric initial weights.
 *
 * <pre>
 *   E[a_t²] = σ_t² E[‖h_{t-1}‖²]      E[‖h_t‖²] = d_t (E[a_t²]/2 + α² E[a_t²]/2)      the halves a > 0 and a < 0
 *   q_t = E[‖h_t‖²]/d_t
 * </pre>
 */
public final class ReluDepth {
    private ReluDepth() {}

    /**
     * q of every layer.
     *
     * @param x the input, d_0×1
     * @param widths d_1, d_2, …
     * @param slope α, of the leaky half
     */
    public static SimpleMatrix meanSquares(SimpleMatrix x, SimpleMatrix widths, double slope, Scheme scheme) {
        SimpleMatrix q = widths.createLike();
        double square = x.dot(x);
        int before = x.getNumElements();
        for (int t = 0; t < widths.getNumElements(); t++) {
            int width = (int) widths.get(t);
            double sigma = scheme.sigma(Fans.of(width, before, 1, 1));
            double preactivation = sigma * sigma * square;
            q.set(t, preactivation / 2 + slope * slope * preactivation / 2);
            square = width * q.get(t);
            before = width;
        }
        return q;
    }
}
