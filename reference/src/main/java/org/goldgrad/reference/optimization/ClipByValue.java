package org.goldgrad.reference.optimization;

import org.ejml.simple.SimpleMatrix;

/**
 * Clipping gradients element by element, with which they change their direction.
 *
 * <pre>
 *   clip(g)ᵢ = gᵢ where |gᵢ| ≤ c, else c with the sign of gᵢ
 * </pre>
 *
 * @param limit c, more than 0
 */
public record ClipByValue(double limit) {
    public ClipByValue {
        Positive.require("limit", limit);
    }

    /** The clipped gradient. */
    public SimpleMatrix clip(SimpleMatrix g) {
        return g.elementOp((int row, int column, double x) -> Math.abs(x) <= limit ? x : Math.copySign(limit, x));
    }
}
