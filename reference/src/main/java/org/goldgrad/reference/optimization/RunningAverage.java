package org.goldgrad.reference.optimization;

import org.ejml.simple.SimpleMatrix;

/**
 * Gradient descent along the running average of the gradients.
 *
 * <pre>
 *   v_t = β v_{t−1} + (1 − β) g_t
 *   θ_t = θ_{t−1} − δ v_t                      plain
 *   θ_t = θ_{t−1} − δ v_t / (1 − βᵗ)           corrected for the start at v_0 = 0
 *
 *   θ, v, g  d×1 (or any one shape)            t  counts from 1
 * </pre>
 *
 * IFT6135, assignment 2, questions 1.1 to 1.3.
 *
 * @param delta δ, the learning rate
 * @param beta β, how much of the average stays, in [0, 1)
 * @param corrected whether the average is divided by 1 − βᵗ before it is applied (v itself never is)
 */
public record RunningAverage(double delta, double beta, boolean corrected) implements Optimizer {

    @Override
    public State at(SimpleMatrix theta) {
        return State.at(theta, "v");
    }

    @Override
    public State step(State state, SimpleMatrix g) {
        state.require("g", g);
        int t = state.t() + 1;
        SimpleMatrix v = state.get("v").scale(beta).plus(1 - beta, g);
        SimpleMatrix average = corrected ? v.divide(BiasCorrection.divisor(beta, t)) : v;
        return state.after(t).with("v", v).with("theta", state.theta().minus(average.scale(delta)));
    }
}
