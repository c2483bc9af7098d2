package org.goldgrad.reference.optimization;

import org.ejml.simple.SimpleMatrix;

/**
 * Adam: a step scaled by running estimates of the gradient's mean and spread.
 *
 * <pre>
 *   g ← g + λθ                                        coupled decay only
 *   m ← β₁m + (1 − β₁)g          c₁ = 1 − β₁ᵗ
 *   v ← β₂v + (1 − β₂)g²         c₂ = 1 − β₂ᵗ
 *   s = (m/c₁) / (√(v/c₂) + ε)                        ε after the correction: Algorithm 1
 *   s = (√c₂/c₁) m / (√v + ε)                         ε-hat: the paper's "more efficient" order
 *   s = (m/c₁) / √(v/c₂ + ε)                          ε inside the root: tiny-dnn
 *   s = m / (√v + ε)                                  uncorrected: MLX unless told otherwise
 *   θ ← θ − αs                                        and − αλθ or − λθ, where the decay is beside the step
 *
 *   θ, g, m, v  d×1 (or any one shape)                t  counts from 1
 * </pre>
 *
 * Kingma and Ba 2015, Algorithm 1 and the end of section 2; decoupled decay after Loshchilov and Hutter 2019 (AdamW),
 * multiplied by the learning rate as PyTorch and Keras do, and taken from the θ before the step.
 *
 * @param alpha α, the learning rate
 * @param beta1 β₁, how much of m stays, in [0, 1)
 * @param beta2 β₂, how much of v stays, in [0, 1)
 * @param epsilon ε, what keeps the divisor away from 0
 * @param lambda λ, the weight decay; 0 for none, and then it does not matter how it enters
 * @param placement where ε stands
 * @param decay how λ enters
 */
public record Adam(
        double alpha, double beta1, double beta2, double epsilon, double lambda, Placement placement, Decay decay)
        implements Optimizer {

    /** Where ε stands: beside the corrected root or the raw one (TensorFlow, Keras), inside it, or with no correction. */
    public enum Placement {
        OUTSIDE,
        HAT,
        INSIDE,
        UNCORRECTED
    }

    @Override
    public State at(SimpleMatrix theta) {
        return State.at(theta, "m", "v");
    }

    @Override
    public State step(State state, SimpleMatrix gradient) {
        state.require("g", gradient);
        int t = state.t() + 1;
        SimpleMatrix theta = state.theta();
        SimpleMatrix g = decay.gradient(gradient, lambda, theta);
        SimpleMatrix m = state.get("m").scale(beta1).plus(1 - beta1, g);
        SimpleMatrix v = state.get("v").scale(beta2).plus(1 - beta2, g.elementMult(g));
        SimpleMatrix s = direction(m, v, BiasCorrection.divisor(beta1, t), BiasCorrection.divisor(beta2, t));
        SimpleMatrix next = decay.beside(theta.minus(s.scale(alpha)), alpha, lambda, theta);
        return state.after(t).with("m", m).with("v", v).with("theta", next);
    }

    private SimpleMatrix direction(SimpleMatrix m, SimpleMatrix v, double c1, double c2) {
        return switch (placement) {
            case OUTSIDE -> m.divide(c1).elementDiv(Epsilon.OUTSIDE.root(v.divide(c2), epsilon));
            case HAT -> m.scale(Math.sqrt(c2) / c1).elementDiv(Epsilon.OUTSIDE.root(v, epsilon));
            case INSIDE -> m.divide(c1).elementDiv(Epsilon.INSIDE.root(v.divide(c2), epsilon));
            case UNCORRECTED -> m.elementDiv(Epsilon.OUTSIDE.root(v, epsilon));
        };
    }
}
