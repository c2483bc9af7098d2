package org.goldgrad.reference.recurrent;

import java.util.List;
import java.util.stream.IntStream;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * Backpropagation through time for {@link VariableLengthRnn}: each sequence back from its own end.
 *
 * <p>Given dh_t = ∂L/∂h_t and dlast = ∂L/∂last, in each row with its own length ℓ, and δ_{ℓ+1} = 0:
 *
 * <pre>
 *   Γ_ℓ = dh_ℓ + dlast                                     last is h_ℓ
 *   Γ_t = dh_t + δ_{t+1} Wᵀ               t = ℓ−1 … 1      and on as in {@link VanillaRnnGradient}
 *   dx_t = 0                              t = ℓ+1 … T      there h_t is the constant 0, whatever dh_t
 *
 *   dU, dW, db  sums over the rows
 * </pre>
 *
 * @param dx ∂L/∂x_t for every time step, batch×features each
 * @param dh0 ∂L/∂h_0, batch×hidden
 * @param dU ∂L/∂U, features×hidden
 * @param dW ∂L/∂W, hidden×hidden
 * @param db ∂L/∂b, 1×hidden
 */
public record VariableLengthRnnGradient(
        List<SimpleMatrix> dx, SimpleMatrix dh0, SimpleMatrix dU, SimpleMatrix dW, SimpleMatrix db) {

    /** Runs the layer over x from h0, then back from dh (T matrices, batch×hidden) and dlast (batch×hidden). */
    public static VariableLengthRnnGradient of(
            VariableLengthRnn layer,
            List<SimpleMatrix> x,
            List<Integer> lengths,
            SimpleMatrix h0,
            List<SimpleMatrix> dh,
            SimpleMatrix dlast) {
        Lengths ends = layer.ends(x, lengths, h0);
        Sequence.requireLikeX(x.size(), "dh", "batch×hidden", Shape.of(h0), dh);
        Shape.of(h0).require("dlast", "batch×hidden", dlast);
        List<VanillaRnnGradient> rows = IntStream.range(0, ends.batch())
                .mapToObj(r -> VanillaRnnGradient.of(
                        layer.rnn,
                        ends.sequence(r, x),
                        h0.getRow(r),
                        Sequence.plusAtEnd(ends.sequence(r, dh), dlast.getRow(r))))
                .toList();
        SimpleMatrix dU = layer.rnn.U.createLike();
        SimpleMatrix dW = layer.rnn.W.createLike();
        SimpleMatrix db = new SimpleMatrix(1, layer.rnn.hidden);
        for (VanillaRnnGradient row : rows) {
            dU = dU.plus(row.dU());
            dW = dW.plus(row.dW());
            db = db.plus(row.db());
        }
        return new VariableLengthRnnGradient(
                ends.padded(r -> rows.get(r).dx()),
                ends.stacked(r -> rows.get(r).dh0()),
                dU,
                dW,
                db);
    }
}
