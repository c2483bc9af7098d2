package org.goldgrad.reference.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.ejml.simple.SimpleMatrix;

/**
 * Backpropagation for {@link BidirectionalRegression}, from the gradients of L by the predictions and their error.
 *
 * <p>Given dy_t = ∂L/∂y_t (direct part) and dloss = ∂L/∂loss:
 *
 * <pre>
 *   e_t = dy_t + 2 dloss (y_t − z_t)                       loss = Σ (z_t − y_t)²
 *   dVf = Σ hf_tᵀ e_t     dVb = Σ hb_tᵀ e_t                y_t = hf_t Vf + hb_t Vb
 *
 *   Γf_t = e_t Vfᵀ + δf_{t+1} Wfᵀ         δf_t = Γf_t ⊙ σ'(af_t)            t = T … 1
 *   Γb_t = e_t Vbᵀ + δb_{t−1} Wbᵀ         δb_t = Γb_t ⊙ σ'(ab_t)            t = 1 … T
 *   dUf = Σ x_tᵀ δf_t     dWf = Σ hf_{t−1}ᵀ δf_t           af_t = x_t Uf + hf_{t−1} Wf
 *   dUb = Σ x_tᵀ δb_t     dWb = Σ hb_{t+1}ᵀ δb_t           ab_t = x_t Ub + hb_{t+1} Wb
 *   dx_t = δf_t Ufᵀ + δb_t Ubᵀ
 * </pre>
 *
 * Every gradient has the shape of what it is the gradient of. The Γ's are the answer to question 6.2, the sums to 6.3.
 *
 * @param dx ∂L/∂x_t for every time step, batch×features each
 * @param dUf ∂L/∂Uf, features×hidden
 * @param dWf ∂L/∂Wf, hidden×hidden
 * @param dUb ∂L/∂Ub, features×hidden
 * @param dWb ∂L/∂Wb, hidden×hidden
 * @param dVf ∂L/∂Vf, hidden×outputs
 * @param dVb ∂L/∂Vb, hidden×outputs
 */
public record BidirectionalRegressionGradient(
        List<SimpleMatrix> dx,
        SimpleMatrix dUf,
        SimpleMatrix dWf,
        SimpleMatrix dUb,
        SimpleMatrix dWb,
        SimpleMatrix dVf,
        SimpleMatrix dVb) {

    /** Runs the network over x against z, then back from dy (T matrices, batch×outputs) and dloss. */
    public static BidirectionalRegressionGradient of(
            BidirectionalRegression regression,
            List<SimpleMatrix> x,
            List<SimpleMatrix> z,
            List<SimpleMatrix> dy,
            double dloss) {
        BidirectionalRegression.States states = regression.states(x);
        List<SimpleMatrix> y = regression.y(states);
        BidirectionalRegression.requireLikeY("z", y, z);
        BidirectionalRegression.requireLikeY("dy", y, dy);
        List<SimpleMatrix> dhf = new ArrayList<>();
        List<SimpleMatrix> dhb = new ArrayList<>();
        SimpleMatrix dVf = regression.Vf.createLike();
        SimpleMatrix dVb = regression.Vb.createLike();
        for (int t = 0; t < x.size(); t++) {
            SimpleMatrix e = dy.get(t).plus(2 * dloss, y.get(t).minus(z.get(t)));
            dVf = dVf.plus(states.hf().get(t).transpose().mult(e));
            dVb = dVb.plus(states.hb().get(t).transpose().mult(e));
            dhf.add(e.mult(regression.Vf.transpose()));
            dhb.add(e.mult(regression.Vb.transpose()));
        }
        SimpleMatrix h0 = regression.h0(x);
        VanillaRnnGradient f = VanillaRnnGradient.of(regression.forwards, x, h0, dhf);
        VanillaRnnGradient b =
                VanillaRnnGradient.of(regression.backwards, Sequence.reversed(x), h0, Sequence.reversed(dhb));
        return new BidirectionalRegressionGradient(
                Sequence.plus(f.dx(), Sequence.reversed(b.dx())), f.dU(), f.dW(), b.dU(), b.dW(), dVf, dVb);
    }
}
