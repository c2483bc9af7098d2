package org.goldgrad.reference.recurrent;

import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Norm;

/**
 * How much of the loss's gradient arrives at each state of a vanilla network, and how much can arrive at most.
 *
 * <pre>
 *   norms_t = ‖Γ_t‖                                        Γ_t = dh_t + δ_{t+1} Wᵀ
 *   bound_t = ‖dh_t‖ + γ‖W‖ bound_{t+1}                    bound_{T+1} = 0
 *
 *   dh_t  ∂loss/∂h_t through prediction_t alone            γ  the largest |φ'|
 *   ‖·‖   Euclidean, over all entries                      ‖W‖  operator norm, the largest singular value
 * </pre>
 *
 * With Γ_t and δ_t of {@link VanillaRnnGradient}, norms_t ≤ bound_t by induction from T: ‖δ_{t+1} Wᵀ‖ ≤
 * ‖Γ_{t+1} ⊙ φ'‖ ‖W‖ ≤ γ‖W‖ ‖Γ_{t+1}‖. Where only the last step has a target, bound_t = (γ‖W‖)^{T−t} ‖dh_T‖, which
 * vanishes if γ‖W‖ < 1. EECS 182, homework 8, question 2(d); IFT6135, assignment 2, question 5.2.
 *
 * @param norms ‖∂loss/∂h_t‖ for every time step, T×1
 * @param bound what it cannot exceed, T×1
 */
public record GradientFlow(SimpleMatrix norms, SimpleMatrix bound) {

    /** Runs the network over x from h0 against z, and its loss's gradient back; shapes as in {@link RnnRegression}. */
    public static GradientFlow of(
            RnnRegression regression, List<SimpleMatrix> x, SimpleMatrix h0, List<SimpleMatrix> z) {
        VanillaRnn rnn = regression.rnn;
        List<SimpleMatrix> h = rnn.forward(x, h0);
        List<SimpleMatrix> prediction = regression.readout.ofEach(h);
        RnnRegression.requireTargets(prediction, z);
        List<SimpleMatrix> dh = regression
                .readout
                .gradient(h, regression.error.gradient(prediction, z))
                .dh();
        List<SimpleMatrix> Gamma = VanillaRnnGradient.of(rnn, x, h0, dh).Gamma();
        return new GradientFlow(
                Norm.ofEach(Gamma), bound(Norm.ofEach(dh), rnn.phi.steepest() * Norm.ofOperator(rnn.W)));
    }

    private static SimpleMatrix bound(SimpleMatrix direct, double growth) {
        SimpleMatrix bound = direct.createLike();
        double next = 0;
        for (int t = direct.getNumRows() - 1; t >= 0; t--) {
            next = direct.get(t) + growth * next;
            bound.set(t, next);
        }
        return bound;
    }
}
