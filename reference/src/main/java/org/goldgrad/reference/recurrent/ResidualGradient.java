package org.goldgrad.reference.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * Backpropagation for {@link ResidualNetwork}: from the gradients of a loss by the states to those by the inputs.
 *
 * <p>Given dh_t = ∂L/∂h_t (direct part) for every t; with Γ_t the whole gradient by h_t and δ_t the one by a_t, for t =
 * S … 1, where Γ_{S+1} = δ_{S+1} = 0:
 *
 * <pre>
 *   Γ_t = dh_t + Γ_{t+1} + δ_{t+1} W_{t+1}ᵀ                h_{t+1} = φ(a_{t+1}) + h_t
 *   δ_t = Γ_t ⊙ φ'(a_t)
 *
 *   dW_t = h_{t−1}ᵀ δ_t     db_t = 1ᵀ δ_t                  a_t = h_{t−1} W_t + 1b_t
 *   dh_0 = Γ_1 + δ_1 W_1ᵀ
 * </pre>
 *
 * Every gradient has the shape of what it is the gradient of. The bare Γ_{t+1} is the way past all weights.
 *
 * @param dh0 ∂L/∂h_0, batch×hidden
 * @param dW ∂L/∂W_t for every step, hidden×hidden each
 * @param db ∂L/∂b_t for every step, 1×hidden each
 */
public record ResidualGradient(SimpleMatrix dh0, List<SimpleMatrix> dW, List<SimpleMatrix> db) {

    /** Runs the network from h0 (batch×hidden), then back from dh (S matrices, batch×hidden). */
    public static ResidualGradient of(ResidualNetwork network, SimpleMatrix h0, List<SimpleMatrix> dh) {
        List<ResidualNetwork.Step> steps = network.steps(h0);
        Sequence.requireCount(steps.size(), "steps like W", "dh", dh);
        Sequence.requireEach("dh", "batch×hidden", Shape.of(h0), dh);
        List<SimpleMatrix> dWBackwards = new ArrayList<>();
        List<SimpleMatrix> dbBackwards = new ArrayList<>();
        SimpleMatrix ones = SimpleMatrix.ones(h0.getNumRows(), 1);
        SimpleMatrix toH = h0.createLike(); // what reaches h_t from later steps: Γ_{t+1} + δ_{t+1} W_{t+1}ᵀ
        for (int t = steps.size() - 1; t >= 0; t--) {
            SimpleMatrix hBefore = t == 0 ? h0 : steps.get(t - 1).h();

            SimpleMatrix gamma = dh.get(t).plus(toH);
            SimpleMatrix delta =
                    gamma.elementMult(network.phi.derivativeAt(steps.get(t).a()));

            dWBackwards.add(hBefore.transpose().mult(delta));
            dbBackwards.add(ones.transpose().mult(delta));
            toH = gamma.plus(delta.mult(network.W.get(t).transpose()));
        }
        return new ResidualGradient(toH, Sequence.reversed(dWBackwards), Sequence.reversed(dbBackwards));
    }
}
