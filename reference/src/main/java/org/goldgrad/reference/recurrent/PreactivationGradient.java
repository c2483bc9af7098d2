package org.goldgrad.reference.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * Backpropagation through time for {@link PreactivationRnn}: from the gradients of a loss by the states to those by the
 * inputs.
 *
 * <p>Given dh_t = ∂L/∂h_t (direct part) for every t; with Γ_t the whole gradient by h_t, for t = T … 1, Γ_{T+1} = 0:
 *
 * <pre>
 *   Γ_t = dh_t + (Γ_{t+1} Wᵀ) ⊙ φ'(h_t)                    the loss sees h_t itself, and through h_{t+1}
 *
 *   dU = Σ x_tᵀ Γ_t     dW = Σ φ(h_{t−1})ᵀ Γ_t     db = Σ 1ᵀ Γ_t     h_t = φ(h_{t−1}) W + x_t U + 1b
 *   dx_t = Γ_t Uᵀ       dh_0 = (Γ_1 Wᵀ) ⊙ φ'(h_0)
 * </pre>
 *
 * Every gradient has the shape of what it is the gradient of.
 *
 * @param dx ∂L/∂x_t for every time step, batch×features each
 * @param dh0 ∂L/∂h_0, batch×hidden
 * @param dU ∂L/∂U, features×hidden
 * @param dW ∂L/∂W, hidden×hidden
 * @param db ∂L/∂b, 1×hidden
 */
public record PreactivationGradient(
        List<SimpleMatrix> dx, SimpleMatrix dh0, SimpleMatrix dU, SimpleMatrix dW, SimpleMatrix db) {

    /** Runs the layer over x (T matrices, batch×features) from h0, then back from dh (T matrices, batch×hidden). */
    public static PreactivationGradient of(
            PreactivationRnn rnn, List<SimpleMatrix> x, SimpleMatrix h0, List<SimpleMatrix> dh) {
        List<SimpleMatrix> h = rnn.forward(x, h0);
        Sequence.requireLikeX(h.size(), "dh", "batch×hidden", Shape.of(h0), dh);
        SimpleMatrix dU = rnn.U.createLike();
        SimpleMatrix dW = rnn.W.createLike();
        SimpleMatrix db = new SimpleMatrix(1, rnn.W.getNumCols());
        List<SimpleMatrix> dxBackwards = new ArrayList<>();
        SimpleMatrix ones = SimpleMatrix.ones(h0.getNumRows(), 1);
        SimpleMatrix toH = h0.createLike(); // what reaches h_t from later steps: (Γ_{t+1} Wᵀ) ⊙ φ'(h_t)
        for (int t = h.size() - 1; t >= 0; t--) {
            SimpleMatrix hBefore = t == 0 ? h0 : h.get(t - 1);

            SimpleMatrix gamma = dh.get(t).plus(toH);

            dU = dU.plus(x.get(t).transpose().mult(gamma));
            dW = dW.plus(rnn.phi.of(hBefore).transpose().mult(gamma));
            db = db.plus(ones.transpose().mult(gamma));
            dxBackwards.add(gamma.mult(rnn.U.transpose()));
            toH = gamma.mult(rnn.W.transpose()).elementMult(rnn.phi.derivativeAt(hBefore));
        }
        return new PreactivationGradient(Sequence.reversed(dxBackwards), toH, dU, dW, db);
    }
}
