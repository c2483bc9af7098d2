package org.goldgrad.reference.optimization;

import org.ejml.simple.SimpleMatrix;

/**
 * AdaGrad: each parameter's step shrinks with all the gradients it has had.
 *
 * <pre>
 *   v ← v + g²
 *   θ ← θ − αg / (√v + ε)               ε outside: PyTorch
 *   θ ← θ − αg / √(v + ε)               ε inside: Keras, Optax
 *
 *   θ, g, v  d×1 (or any one shape)     v_0 everywhere the same
 * </pre>
 *
 * Duchi, Hazan and Singer 2011, figure 1, with a diagonal matrix.
 *
 * @param alpha α, the learning rate
 * @param epsilon ε, what keeps the divisor away from 0
 * @param v0 v_0, with which v starts
 * @param placement where ε stands
 */
public record AdaGrad(double alpha, double epsilon, double v0, Epsilon placement) implements Optimizer {

    @Override
    public State at(SimpleMatrix theta) {
        return State.at(theta, "v").with("v", Each.of(theta, any -> v0));
    }

    @Override
    public State step(State state, SimpleMatrix g) {
        state.require("g", g);
        SimpleMatrix v = state.get("v").plus(g.elementMult(g));
        SimpleMatrix s = g.elementDiv(placement.root(v, epsilon));
        return state.after(state.t() + 1)
                .with("v", v)
                .with("theta", state.theta().minus(s.scale(alpha)));
    }
}
