package org.goldgrad.reference.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * Backpropagation through time for {@link VanillaRnn}: from the gradients of a loss by the states to those by the
 * inputs.
 *
 * <p>Given dh_t = ∂L/∂h_t (direct part) for every t; with Γ_t the whole gradient by h_t and δ_t the one by a_t, for t =
 * T … 1, and δ_{T+1} = 0:
 *
 * <pre>
 *   Γ_t = dh_t + δ_{t+1} Wᵀ                                the loss sees h_t itself, and through a_{t+1}
 *   δ_t = Γ_t ⊙ φ'(a_t)                                    h_t = φ(a_t)
 *
 *   dU = Σ x_tᵀ δ_t     dW = Σ h_{t−1}ᵀ δ_t     db = Σ 1ᵀ δ_t        a_t = x_t U + h_{t−1} W + 1b
 *   dx_t = δ_t Uᵀ       dh_0 = δ_1 Wᵀ
 * </pre>
 *
 * Every gradient has the shape of what it is the gradient of. EECS 182, homework 8, question 2(d); Werbos 1990.
 *
 * @param dx ∂L/∂x_t for every time step, batch×features each
 * @param dh0 ∂L/∂h_0, batch×hidden
 * @param dU ∂L/∂U, features×hidden
 * @param dW ∂L/∂W, hidden×hidden
 * @param db ∂L/∂b, 1×hidden
 * @param Gamma Γ_t, what the loss feels of h_t in all, for every time step, batch×hidden each
 */
public record VanillaRnnGradient(
        List<SimpleMatrix> dx,
        SimpleMatrix dh0,
        SimpleMatrix dU,
        SimpleMatrix dW,
        SimpleMatrix db,
        List<SimpleMatrix> Gamma) {

    /** Runs the layer over x (T matrices, batch×features) from h0, then back from dh (T matrices, batch×hidden). */
    public static VanillaRnnGradient of(VanillaRnn rnn, List<SimpleMatrix> x, SimpleMatrix h0, List<SimpleMatrix> dh) {
        List<VanillaRnn.Step> steps = rnn.steps(x, h0);
        Sequence.requireLikeX(steps.size(), "dh", "batch×hidden", Shape.of(h0), dh);
        SimpleMatrix dU = rnn.U.createLike();
        SimpleMatrix dW = rnn.W.createLike();
        SimpleMatrix db = new SimpleMatrix(1, rnn.hidden);
        List<SimpleMatrix> dxBackwards = new ArrayList<>();
        List<SimpleMatrix> gammaBackwards = new ArrayList<>();
        SimpleMatrix ones = SimpleMatrix.ones(h0.getNumRows(), 1);
        SimpleMatrix toH = h0.createLike(); // what reaches h_t from later steps: δ_{t+1} Wᵀ
        for (int t = steps.size() - 1; t >= 0; t--) {
            SimpleMatrix hBefore = t == 0 ? h0 : steps.get(t - 1).h();

            SimpleMatrix gamma = dh.get(t).plus(toH);
            SimpleMatrix delta =
                    gamma.elementMult(rnn.phi.derivativeAt(steps.get(t).a()));

            dU = dU.plus(x.get(t).transpose().mult(delta));
            dW = dW.plus(hBefore.transpose().mult(delta));
            db = db.plus(ones.transpose().mult(delta));
            dxBackwards.add(delta.mult(rnn.U.transpose()));
            gammaBackwards.add(gamma);
            toH = delta.mult(rnn.W.transpose());
        }
        return new VanillaRnnGradient(
                Sequence.reversed(dxBackwards), toH, dU, dW, db, Sequence.reversed(gammaBackwards));
    }
}
