package org.goldgrad.reference.optimization;

import org.ejml.simple.SimpleMatrix;

/**
 * AdaMax: Adam whose second moment is a maximum that decays.
 *
 * <pre>
 *   m ← β₁m + (1 − β₁)g          c₁ = 1 − β₁ᵗ
 *   u ← max(β₂u, |g|)            s = (m/c₁) / u              no ε: Algorithm 2
 *   u ← max(β₂u, |g| + ε)        s = (m/c₁) / u              ε within the maximum: PyTorch
 *   u ← max(β₂u, |g|)            s = (m/c₁) / (u + ε)        ε beside it: Keras
 *   u ← max(β₂u, |g|)            s = m / (u + ε)             uncorrected: MLX
 *   θ ← θ − αs
 *
 *   θ, g, m, u  d×1 (or any one shape)                       t  counts from 1
 * </pre>
 *
 * Kingma and Ba 2015, Algorithm 2. Without an ε a parameter that has never had a gradient becomes NaN, 0/0.
 *
 * @param alpha α, the learning rate
 * @param beta1 β₁, how much of m stays, in [0, 1)
 * @param beta2 β₂, how much of u stays, in [0, 1)
 * @param epsilon ε, what keeps the divisor away from 0
 * @param placement where ε stands
 */
public record AdaMax(double alpha, double beta1, double beta2, double epsilon, Placement placement)
        implements Optimizer {

    /** Where ε stands: within the maximum, beside it, beside it with no correction, or nowhere. */
    public enum Placement {
        WITHIN,
        BESIDE,
        UNCORRECTED,
        NONE
    }

    @Override
    public State at(SimpleMatrix theta) {
        return State.at(theta, "m", "u");
    }

    @Override
    public State step(State state, SimpleMatrix g) {
        state.require("g", g);
        int t = state.t() + 1;
        double within = placement == Placement.WITHIN ? epsilon : 0;
        double beside = placement == Placement.BESIDE || placement == Placement.UNCORRECTED ? epsilon : 0;
        double c1 = placement == Placement.UNCORRECTED ? 1 : BiasCorrection.divisor(beta1, t);
        SimpleMatrix m = state.get("m").scale(beta1).plus(1 - beta1, g);
        SimpleMatrix u = Each.of(state.get("u"), g, (u0, g0) -> Math.max(beta2 * u0, Math.abs(g0) + within));
        SimpleMatrix s = m.divide(c1).elementDiv(u.plus(beside));
        return state.after(t)
                .with("m", m)
                .with("u", u)
                .with("theta", state.theta().minus(s.scale(alpha)));
    }
}
