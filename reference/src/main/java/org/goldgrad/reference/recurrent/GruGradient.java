package org.goldgrad.reference.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * Backpropagation through time for {@link Gru}: from the gradients of a loss by the states to those by the inputs.
 *
 * <p>Given dh_t = ∂L/∂h_t (direct part) for every t; with Γ_t the whole gradient by h_t, α_t the one by a_t, and
 * μ_{t+1} what step t+1 feels of h_t, for t = T … 1, where μ_{T+1} = 0:
 *
 * <pre>
 *   Γ_t = dh_t + μ_{t+1}
 *   α_t^n = Γ_t ⊙ k̄_t ⊙ tanh'(a_t^n)                       h_t = k̄_t ⊙ n_t + k_t ⊙ h_{t−1}
 *   α_t^z = s Γ_t ⊙ (h_{t−1} − n_t) ⊙ σ'(a_t^z)            k_t = σ(s a_t^z), k̄_t = 1 − k_t; s = ±1, σ' is even
 *   dr_t, μ^q_t, dW^n, dd^n  from ∂L/∂q_t = α_t^n          {@link GruReset}; μ^q_t is its dh
 *   α_t^r = dr_t ⊙ σ'(a_t^r)
 *   μ_t = Γ_t ⊙ k_t + α_t^r W^rᵀ + α_t^z W^zᵀ + μ^q_t      the four ways from h_{t−1} into step t
 *
 *   dU = Σ x_tᵀ α_t     db = Σ 1ᵀ α_t                      all three blocks of a_t contain x_t U + 1b
 *   dW^• = Σ h_{t−1}ᵀ α_t^•     dd^• = Σ 1ᵀ α_t^•          for r and z; for n the sum of what each step gives
 *   dx_t = α_t Uᵀ       dh_0 = μ_1
 * </pre>
 *
 * Every gradient has the shape of what it is the gradient of; α_t is packed, batch×3·hidden.
 *
 * @param dx ∂L/∂x_t for every time step, batch×features each
 * @param dh0 ∂L/∂h_0, batch×hidden
 * @param dU ∂L/∂U, features×3·hidden, packed in the layer's gate order
 * @param dW ∂L/∂W, hidden×3·hidden, packed
 * @param db ∂L/∂b, 1×3·hidden, packed
 * @param dd ∂L/∂d, 1×3·hidden, packed
 */
public record GruGradient(
        List<SimpleMatrix> dx, SimpleMatrix dh0, SimpleMatrix dU, SimpleMatrix dW, SimpleMatrix db, SimpleMatrix dd) {

    /** Runs the layer over x (T matrices, batch×features) from h0, then back from dh (T matrices, batch×hidden). */
    public static GruGradient of(Gru gru, List<SimpleMatrix> x, SimpleMatrix h0, List<SimpleMatrix> dh) {
        List<Gru.Step> steps = gru.steps(x, h0);
        Sequence.requireLikeX(steps.size(), "dh", "batch×hidden", Shape.of(h0), dh);
        SimpleMatrix dU = gru.U.createLike();
        SimpleMatrix dW = gru.W.createLike();
        SimpleMatrix db = new SimpleMatrix(1, 3 * gru.hidden);
        SimpleMatrix dd = new SimpleMatrix(1, 3 * gru.hidden);
        List<SimpleMatrix> dxBackwards = new ArrayList<>();
        SimpleMatrix ones = SimpleMatrix.ones(h0.getNumRows(), 1);
        SimpleMatrix mu = h0.createLike();
        for (int t = steps.size() - 1; t >= 0; t--) {
            SimpleMatrix hBefore = t == 0 ? h0 : steps.get(t - 1).h();
            StepGradient step =
                    StepGradient.of(gru, steps.get(t), hBefore, dh.get(t).plus(mu));
            dU = dU.plus(x.get(t).transpose().mult(step.alpha()));
            dW = dW.plus(step.dW());
            db = db.plus(ones.transpose().mult(step.alpha()));
            dd = dd.plus(step.dd());
            dxBackwards.add(step.alpha().mult(gru.U.transpose()));
            mu = step.mu();
        }
        return new GruGradient(Sequence.reversed(dxBackwards), mu, dU, dW, db, dd);
    }

    /** What step t alone makes of Γ_t: α_t, μ_t, and its terms of the sums dW and dd. */
    private record StepGradient(SimpleMatrix alpha, SimpleMatrix mu, SimpleMatrix dW, SimpleMatrix dd) {

        static StepGradient of(Gru gru, Gru.Step step, SimpleMatrix hBefore, SimpleMatrix gamma) {
            int r = gru.order.r();
            int z = gru.order.z();
            int n = gru.order.n();
            SimpleMatrix Wr = gru.block(gru.W, r);
            SimpleMatrix Wz = gru.block(gru.W, z);
            SimpleMatrix Wn = gru.block(gru.W, n);

            SimpleMatrix alphaN =
                    gamma.elementMult(gru.taken(step.az())).elementMult(Activation.TANH.derivativeAt(step.an()));
            SimpleMatrix alphaZ = gamma.scale(gru.update.sign)
                    .elementMult(hBefore.minus(step.n()))
                    .elementMult(Activation.SIGMOID.derivativeAt(step.az()));
            GruReset.Gradient heard = gru.reset.gradient(step.r(), hBefore, Wn, gru.block(gru.d, n), alphaN);
            SimpleMatrix alphaR = heard.dr().elementMult(Activation.SIGMOID.derivativeAt(step.ar()));
            SimpleMatrix mu = gamma.elementMult(gru.kept(step.az()))
                    .plus(alphaR.mult(Wr.transpose()))
                    .plus(alphaZ.mult(Wz.transpose()))
                    .plus(heard.dh());

            SimpleMatrix hT = hBefore.transpose();
            SimpleMatrix onesT = SimpleMatrix.ones(1, hBefore.getNumRows());
            return new StepGradient(
                    packed(gru.order, alphaR, alphaZ, alphaN),
                    mu,
                    packed(gru.order, hT.mult(alphaR), hT.mult(alphaZ), heard.dWn()),
                    packed(gru.order, onesT.mult(alphaR), onesT.mult(alphaZ), heard.ddn()));
        }

        private static SimpleMatrix packed(GruGateOrder order, SimpleMatrix r, SimpleMatrix z, SimpleMatrix n) {
            int hidden = r.getNumCols();
            SimpleMatrix packed = new SimpleMatrix(r.getNumRows(), 3 * hidden);
            packed.insertIntoThis(0, order.r() * hidden, r);
            packed.insertIntoThis(0, order.z() * hidden, z);
            packed.insertIntoThis(0, order.n() * hidden, n);
            return packed;
        }
    }
}
