package org.goldgrad.reference.optimization;

import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * Adam: a step scaled by running estimates of the gradient's mean and spread.
 *
 * <pre>
 *   g ← g + λθ                                                  coupled decay only
 *   m ← β₁m + (1 − β₁)g          c₁ = 1 − β₁ᵗ
 *   v ← β₂v + (1 − β₂)g²         c₂ = 1 − β₂ᵗ
 *   s = (m/c₁) / (√(v/c₂) + ε)                                  ε after the correction: Algorithm 1
 *   s = (√c₂/c₁) m / (√v + ε)                                   ε-hat: the paper's "more efficient" order
 *   θ ← θ − αs                   θ ← θ − αs − αλθ               the second with decoupled decay
 *
 *   θ, g, m, v  d×1 (or any one shape)                          t  counts from 1
 * </pre>
 *
 * Kingma and Ba 2015, Algorithm 1 and the end of section 2; decoupled decay after Loshchilov and Hutter 2019 (AdamW),
 * multiplied by the learning rate as PyTorch and Keras do, and taken from the θ before the step.
 *
 * @param alpha α, the learning rate
 * @param beta1 β₁, how much of m stays, in [0, 1)
 * @param beta2 β₂, how much of v stays, in [0, 1)
 * @param epsilon ε, what keeps the divisor away from 0
 * @param lambda λ, the weight decay; 0 for none, and then coupled and decoupled are the same
 * @param placement where ε stands
 * @param decay how λ enters
 */
public record Adam(
        double alpha, double beta1, double beta2, double epsilon, double lambda, Placement placement, Decay decay) {

    /** Where ε stands: beside the corrected root, or beside the raw one (TensorFlow, Keras). */
    public enum Placement {
        AFTER_CORRECTION,
        EPSILON_HAT
    }

    /** How weight decay enters: through the gradient and so through m and v (L2), or beside the step (AdamW). */
    public enum Decay {
        COUPLED,
        DECOUPLED
    }

    /** Parameters, both moments, and the number t of steps taken; copied on their way in and out. */
    public record State(SimpleMatrix theta, SimpleMatrix m, SimpleMatrix v, int t) {
        public State {
            Shape.of(theta).require("m", "the shape of theta", m);
            Shape.of(theta).require("v", "the shape of theta", v);
            theta = theta.copy();
            m = m.copy();
            v = v.copy();
        }

        /** Before the first step: m = v = 0, t = 0. */
        public static State at(SimpleMatrix theta) {
            return new State(theta, theta.createLike(), theta.createLike(), 0);
        }

        @Override
        public SimpleMatrix theta() {
            return theta.copy();
        }

        @Override
        public SimpleMatrix m() {
            return m.copy();
        }

        @Override
        public SimpleMatrix v() {
            return v.copy();
        }
    }

    /** The state after one step aint the gradient, which has the shape of theta. */
    public State step(State state, SimpleMatrix gradient) {
        SimpleMatrix theta = state.theta;
        Shape.of(theta).require("g", "the shape of theta", gradient);
        int t = state.t + 1;
        SimpleMatrix g = decay == Decay.COUPLED ? gradient.plus(lambda, theta) : gradient;
        SimpleMatrix m = state.m.scale(beta1).plus(1 - beta1, g);
        SimpleMatrix v = state.v.scale(beta2).plus(1 - beta2, g.elementMult(g));
        SimpleMatrix s = direction(m, v, BiasCorrection.divisor(beta1, t), BiasCorrection.divisor(beta2, t));
        SimpleMatrix next = theta.minus(s.scale(alpha));
        return new State(decay == Decay.DECOUPLED ? next.minus(theta.scale(alpha * lambda)) : next, m, v, t);
    }

    private SimpleMatrix direction(SimpleMatrix m, SimpleMatrix v, double c1, double c2) {
        return switch (placement) {
            case AFTER_CORRECTION -> m.divide(c1).elementDiv(root(v.divide(c2)).plus(epsilon));
            case EPSILON_HAT -> m.scale(Math.sqrt(c2) / c1).elementDiv(root(v).plus(epsilon));
        };
    }

    private static SimpleMatrix root(SimpleMatrix v) {
        return v.elementOp((int row, int column, double x) -> Math.sqrt(x));
    }
}
