package org.goldgrad.reference.recurrent;

import java.util.List;
import org.ejml.simple.SimpleMatrix;

/**
 * Backpropagation through time for {@link LowRankRnn}: as if W were free, and from there to its factors.
 *
 * <p>With dW of {@link VanillaRnnGradient}:
 *
 * <pre>
 *   dL = ⟨dW, s (Ṗ Qᵀ + P Q̇ᵀ)⟩ = ⟨s dW Q, Ṗ⟩ + ⟨s dWᵀ P, Q̇⟩        Ẇ as P and Q move and R does not
 *   dP = s dW Q         dQ = s dWᵀ P
 * </pre>
 *
 * @param dx ∂L/∂x_t for every time step, batch×features each
 * @param dh0 ∂L/∂h_0, batch×hidden
 * @param dU ∂L/∂U, features×hidden
 * @param dP ∂L/∂P, hidden×rank
 * @param dQ ∂L/∂Q, hidden×rank
 * @param db ∂L/∂b, 1×hidden
 */
public record LowRankGradient(
        List<SimpleMatrix> dx, SimpleMatrix dh0, SimpleMatrix dU, SimpleMatrix dP, SimpleMatrix dQ, SimpleMatrix db) {

    /** Runs the layer over x (T matrices, batch×features) from h0, then back from dh (T matrices, batch×hidden). */
    public static LowRankGradient of(LowRankRnn layer, List<SimpleMatrix> x, SimpleMatrix h0, List<SimpleMatrix> dh) {
        VanillaRnnGradient run = VanillaRnnGradient.of(layer.rnn, x, h0, dh);
        SimpleMatrix dP = run.dW().mult(layer.Q).scale(layer.s);
        SimpleMatrix dQ = run.dW().transpose().mult(layer.P).scale(layer.s);
        return new LowRankGradient(run.dx(), run.dh0(), run.dU(), dP, dQ, run.db());
    }
}
