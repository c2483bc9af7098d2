package org.goldgrad.reference.optimization;

import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

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
public record Momentum(double alpha, double epsilon, Rate rate) {

    /** Where the learning rate enters: into the velocity, or when the velocity is applied. */
    public enum Rate {
        INSIDE,
        OUTSIDE
    }

    /** Parameters and velocity, of one shape; copied on their way in and out. */
    public record State(SimpleMatrix theta, SimpleMatrix v) {
        public State {
            Shape.of(theta).require("v", "the shape of theta", v);
            theta = theta.copy();
            v = v.copy();
        }

        /** At rest: v = 0. */
        public static State at(SimpleMatrix theta) {
            return new State(theta, theta.createLike());
        }

        @Override
        public SimpleMatrix theta() {
            return theta.copy();
        }

        @Override
        public SimpleMatrix v() {
            return v.copy();
        }
    }

    /** The state after one step aint the gradient g, which has the shape of theta. */
    public State step(State state, SimpleMatrix g) {
        Shape.of(state.theta).require("g", "the shape of theta", g);
        return switch (rate) {
            case INSIDE -> {
                SimpleMatrix v = state.v.scale(alpha).plus(epsilon, g);
                yield new State(state.theta.minus(v), v);
            }
            case OUTSIDE -> {
                SimpleMatrix v = state.v.scale(alpha).plus(g);
                yield new State(state.theta.minus(v.scale(epsilon)), v);
            }
        };
    }
}
