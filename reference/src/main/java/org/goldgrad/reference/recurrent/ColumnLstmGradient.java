package org.goldgrad.reference.recurrent;

import java.util.List;
import org.ejml.simple.SimpleMatrix;

/**
 * Backpropagation through time for {@link ColumnLstm}: with α_t of {@link LstmGradient},
 *
 * <pre>
 *   dU = Σ α_tᵀ x_t     dW = Σ α_tᵀ h_{t−1}     db = dd = Σ 1ᵀ α_t        a_t = x_t Uᵀ + h_{t−1} Wᵀ + 1(b + d)
 * </pre>
 *
 * Every gradient has the shape of what it is the gradient of.
 *
 * @param dx ∂L/∂x_t for every time step, batch×features each
 * @param dh0 ∂L/∂h_0, batch×hidden
 * @param dc0 ∂L/∂c_0, batch×hidden
 * @param dU ∂L/∂U, 4·hidden×features
 * @param dW ∂L/∂W, 4·hidden×hidden
 * @param db ∂L/∂b, 1×4·hidden
 * @param dd ∂L/∂d, 1×4·hidden, the same numbers
 */
public record ColumnLstmGradient(
        List<SimpleMatrix> dx,
        SimpleMatrix dh0,
        SimpleMatrix dc0,
        SimpleMatrix dU,
        SimpleMatrix dW,
        SimpleMatrix db,
        SimpleMatrix dd) {

    /** Runs the layer over x from h0 and c0, then back from dh (T matrices, batch×hidden) and dc (batch×hidden). */
    public static ColumnLstmGradient of(
            ColumnLstm lstm,
            List<SimpleMatrix> x,
            SimpleMatrix h0,
            SimpleMatrix c0,
            List<SimpleMatrix> dh,
            SimpleMatrix dc) {
        LstmGradient d = LstmGradient.of(lstm.rows, x, h0, c0, dh, dc);
        return new ColumnLstmGradient(d.dx(), d.dh0(), d.dc0(), d.dU().transpose(), d.dW().transpose(), d.db(), d.db());
    }
}
