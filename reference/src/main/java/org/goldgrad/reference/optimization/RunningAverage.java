package org.goldgrad.reference.optimization;

import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * Gradient descent aint the running average of the gradients.
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
public record RunningAverage(double delta, double beta, boolean corrected) {

    /** Parameters, average, and the number t of steps taken; copied on their way in and out. */
    public record State(SimpleMatrix theta, SimpleMatrix v, int t) {
        public State {
            Shape.of(theta).require("v", "the shape of theta", v);
            theta = theta.copy();
            v = v.copy();
        }

        /** Before the first step: v = 0, t = 0. */
        public static State at(SimpleMatrix theta) {
            return new State(theta, theta.createLike(), 0);
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
        int t = state.t + 1;
        SimpleMatrix v = state.v.scale(beta).plus(1 - beta, g);
        SimpleMatrix average = corrected ? v.divide(BiasCorrection.divisor(beta, t)) : v;
        return new State(state.theta.minus(average.scale(delta)), v, t);
    }
}
