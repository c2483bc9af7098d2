package org.goldgrad.reference.optimization;

import org.ejml.simple.SimpleMatrix;

/**
 * AMSGrad: Adam whose second moment never falls, so that no parameter's step grows for want of gradients.
 *
 * <pre>
 *   m ← β₁m + (1 − β₁)g          c₁ = 1 − β₁ᵗ
 *   v ← β₂v + (1 − β₂)g²         c₂ = 1 − β₂ᵗ
 *   w ← max(w, v)                s = (m/c₁) / (√(w/c₂) + ε)      raw: PyTorch
 *   w ← max(w, v)                s = (√c₂/c₁) m / (√w + ε)       ε-hat: Keras
 *   w ← max(w, v/c₂)             s = (m/c₁) / (√w + ε)           corrected: Optax
 *   w ← max(w, v)                s = m / (√w + ε)                uncorrected: the paper, with an ε
 *   θ ← θ − αs
 *
 *   θ, g, m, v, w  d×1 (or any one shape)                        t  counts from 1
 * </pre>
 *
 * Reddi, Kale and Kumar 2018, Algorithm 2. w_0 = 0.
 *
 * @param alpha α, the learning rate
 * @param beta1 β₁, how much of m stays, in [0, 1)
 * @param beta2 β₂, how much of v stays, in [0, 1)
 * @param epsilon ε, what keeps the divisor away from 0
 * @param maximum of what w is the maximum, and how it is corrected
 */
public record AmsGrad(double alpha, double beta1, double beta2, double epsilon, Maximum maximum) implements Optimizer {

    /** Of what w is the maximum, and how it is corrected. */
    public enum Maximum {
        RAW,
        HAT,
        CORRECTED,
        UNCORRECTED
    }

    @Override
    public State at(SimpleMatrix theta) {
        return State.at(theta, "m", "v", "w");
    }

    @Override
    public State step(State state, SimpleMatrix g) {
        state.require("g", g);
        int t = state.t() + 1;
        SimpleMatrix m = state.get("m").scale(beta1).plus(1 - beta1, g);
        SimpleMatrix v = state.get("v").scale(beta2).plus(1 - beta2, g.elementMult(g));
        double c1 = BiasCorrection.divisor(beta1, t);
        double c2 = BiasCorrection.divisor(beta2, t);
        SimpleMatrix w = Each.of(state.get("w"), maximum == Maximum.CORRECTED ? v.divide(c2) : v, Math::max);
        SimpleMatrix theta = state.theta().minus(direction(m, w, c1, c2).scale(alpha));
        return state.after(t).with("m", m).with("v", v).with("w", w).with("theta", theta);
    }

    private SimpleMatrix direction(SimpleMatrix m, SimpleMatrix w, double c1, double c2) {
        return switch (maximum) {
            case RAW -> m.divide(c1).elementDiv(Epsilon.OUTSIDE.root(w.divide(c2), epsilon));
            case HAT -> m.scale(Math.sqrt(c2) / c1).elementDiv(Epsilon.OUTSIDE.root(w, epsilon));
            case CORRECTED -> m.divide(c1).elementDiv(Epsilon.OUTSIDE.root(w, epsilon));
            case UNCORRECTED -> m.elementDiv(Epsilon.OUTSIDE.root(w, epsilon));
        };
    }
}
