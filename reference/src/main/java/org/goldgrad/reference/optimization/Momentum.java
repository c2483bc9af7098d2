package org.goldgrad.reference.optimization;

import org.ejml.simple.SimpleMatrix;

/**
 * Gradient descent with momentum: the step is a decaying sum of past gradients.
 *
 * <pre>
 *   rate inside      v_t = α v_{t−1} + ε g_t     θ_t = θ_{t−1} − v_t
 *   rate outside     v_t = α v_{t−1} + g_t       θ_t = θ_{t−1} − ε v_t
 *
 *   θ, v, g  d×1 (or any one shape)              v_0 = 0 unless given
 * </pre>
 *
 * The parameters agree as long as ε stays the same; the velocities differ by the factor ε. IFT6135, assignment 2,
 * question 1.1, and Keras have the rate inside; PyTorch and Paddle have it outside.
 *
 * @param alpha α, how much of the velocity stays
 * @param epsilon ε, the learning rate
 * @param rate where the learning rate enters
 */
public record Momentum(double alpha, double epsilon, Rate rate) implements Optimizer {

    @Override
    public State at(SimpleMatrix theta) {
        return State.at(theta, "v");
    }

    @Override
    public State step(State state, SimpleMatrix g) {
        state.require("g", g);
        SimpleMatrix v = state.get("v").scale(alpha).plus(rate.inside(epsilon), g);
        SimpleMatrix theta = state.theta().minus(v.scale(rate.outside(epsilon)));
        return state.after(state.t() + 1).with("v", v).with("theta", theta);
    }
}
