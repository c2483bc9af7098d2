package org.goldgrad.reference.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * Backpropagation through time for {@link Lstm}: from the gradients of a loss by the outputs to those by the inputs.
 *
 * <p>Given dh_t = ∂L/∂h_t (direct part) for every t and dc = ∂L/∂c_T, for t = T … 1, with δ^h and δ^c the whole
 * gradients by h_t and c_t, and α_{T+1} = 0:
 *
 * <pre>
 *   δ_t^h = dh_t + α_{t+1} Wᵀ                              the loss sees h_t itself, and through a_{t+1}
 *   δ_t^c = δ_{t+1}^c ⊙ f_{t+1} + δ_t^h ⊙ o_t ⊙ tanh'(c_t)
 *                                                          c_t through c_{t+1} (for t = T dc instead), and h_t
 *   α_t^f = δ_t^c ⊙ c_{t−1} ⊙ σ'(a_t^f)                    c_t = f_t ⊙ c_{t−1} + i_t ⊙ g_t
 *   α_t^i = δ_t^c ⊙ g_t ⊙ σ'(a_t^i)
 *   α_t^g = δ_t^c ⊙ i_t ⊙ tanh'(a_t^g)
 *   α_t^o = δ_t^h ⊙ tanh(c_t) ⊙ σ'(a_t^o)                  h_t = tanh(c_t) ⊙ o_t
 *
 *   dU = Σ x_tᵀ α_t     dW = Σ h_{t−1}ᵀ α_t     db = Σ 1ᵀ α_t        a_t = x_t U + h_{t−1} W + 1b
 *   dx_t = α_t Uᵀ       dh_0 = α_1 Wᵀ           dc_0 = δ_1^c ⊙ f_1
 * </pre>
 *
 * Every gradient has the shape of what it is the gradient of; α_t is packed like a_t, batch×4·hidden.
 *
 * @param dx ∂L/∂x_t for every time step, batch×features each
 * @param dh0 ∂L/∂h_0, batch×hidden
 * @param dc0 ∂L/∂c_0, batch×hidden
 * @param dU ∂L/∂U, features×4·hidden, packed in the layer's gate order
 * @param dW ∂L/∂W, hidden×4·hidden, packed
 * @param db ∂L/∂b, 1×4·hidden, packed
 * @param Gamma δ_t^h, what the loss feels of h_t in all, for every time step, batch×hidden each
 */
public record LstmGradient(
        List<SimpleMatrix> dx,
        SimpleMatrix dh0,
        SimpleMatrix dc0,
        SimpleMatrix dU,
        SimpleMatrix dW,
        SimpleMatrix db,
        List<SimpleMatrix> Gamma) {

    /** Runs the layer over x from h0 and c0, then back from dh (T matrices, batch×hidden) and dc (batch×hidden). */
    public static LstmGradient of(
            Lstm lstm, List<SimpleMatrix> x, SimpleMatrix h0, SimpleMatrix c0, List<SimpleMatrix> dh, SimpleMatrix dc) {
        List<Lstm.Step> steps = lstm.steps(x, h0, c0);
        Sequence.requireLikeX(steps.size(), "dh", "batch×hidden", Shape.of(h0), dh);
        Shape.of(h0).require("dc", "batch×hidden", dc);
        SimpleMatrix dU = lstm.U.createLike();
        SimpleMatrix dW = lstm.W.createLike();
        SimpleMatrix db = new SimpleMatrix(1, lstm.W.getNumCols());
        List<SimpleMatrix> dxBackwards = new ArrayList<>();
        List<SimpleMatrix> deltaHBackwards = new ArrayList<>();
        SimpleMatrix ones = SimpleMatrix.ones(h0.getNumRows(), 1);
        SimpleMatrix toH = h0.createLike(); // what reaches h_t from later steps: α_{t+1} Wᵀ
        SimpleMatrix toC = dc; //              what reaches c_t from later steps: δ_{t+1}^c ⊙ f_{t+1}
        for (int t = steps.size() - 1; t >= 0; t--) {
            Lstm.Step step = steps.get(t);
            SimpleMatrix hBefore = t == 0 ? h0 : steps.get(t - 1).h();
            SimpleMatrix cBefore = t == 0 ? c0 : steps.get(t - 1).c();

            SimpleMatrix deltaH = dh.get(t).plus(toH);
            SimpleMatrix deltaC =
                    toC.plus(deltaH.elementMult(step.o()).elementMult(Activation.TANH.derivativeAt(step.c())));
            SimpleMatrix alpha = alpha(lstm.order, step, cBefore, deltaH, deltaC);

            dU = dU.plus(x.get(t).transpose().mult(alpha));
            dW = dW.plus(hBefore.transpose().mult(alpha));
            db = db.plus(ones.transpose().mult(alpha));
            dxBackwards.add(alpha.mult(lstm.U.transpose()));
            deltaHBackwards.add(deltaH);
            toH = alpha.mult(lstm.W.transpose());
            toC = deltaC.elementMult(step.f());
        }
        return new LstmGradient(
                Sequence.reversed(dxBackwards), toH, toC, dU, dW, db, Sequence.reversed(deltaHBackwards));
    }

    /** α_t, the gradient by the packed pre-activations a_t. */
    private static SimpleMatrix alpha(
            GateOrder order, Lstm.Step step, SimpleMatrix cBefore, SimpleMatrix deltaH, SimpleMatrix deltaC) {
        SimpleMatrix alpha = step.a().createLike();
        put(alpha, order.f(), deltaC.elementMult(cBefore), Activation.SIGMOID, step.a());
        put(alpha, order.i(), deltaC.elementMult(step.g()), Activation.SIGMOID, step.a());
        put(alpha, order.g(), deltaC.elementMult(step.i()), Activation.TANH, step.a());
        put(alpha, order.o(), deltaH.elementMult(Activation.TANH.of(step.c())), Activation.SIGMOID, step.a());
        return alpha;
    }

    /** Block q of α: the gradient by the gate, times the gate's own derivative at block q of a. */
    private static void put(SimpleMatrix alpha, int q, SimpleMatrix byGate, Activation gate, SimpleMatrix a) {
        SimpleMatrix block = byGate.elementMult(gate.derivativeAt(Lstm.block(a, q)));
        alpha.insertIntoThis(0, q * block.getNumCols(), block);
    }
}
