package org.goldgrad.reference.optimization;

import org.ejml.simple.SimpleMatrix;

/**
 * Stochastic gradient descent as frameworks offer it: momentum, dampening and weight decay in one rule.
 *
 * <pre>
 *   g ← g + λθ                          coupled decay only
 *   v ← μv + (1 − d)g                   v_1 = g where the first step is undamped
 *   θ ← θ − αv                          and − αλθ or − λθ, where the decay is beside the step
 *
 *   θ, g, v  d×1 (or any one shape)     v_0 = 0 unless given
 * </pre>
 *
 * PyTorch's first velocity is the gradient itself; MLX begins with a velocity of 0. Both skip the dampening where μ = 0,
 * which this rule does not: give d = 0 then.
 *
 * @param alpha α, the learning rate
 * @param mu μ, how much of the velocity stays
 * @param d the dampening, how much of a gradient is left out of the velocity
 * @param lambda λ, the weight decay; 0 for none
 * @param first what the first velocity is; a checkpoint of one step or more has it behind it
 * @param decay how λ enters
 */
public record Sgd(double alpha, double mu, double d, double lambda, First first, Decay decay) implements Optimizer {

    /** Whether the first gradient enters the velocity whole (PyTorch), or dampened as any other (MLX). */
    public enum First {
        UNDAMPED,
        DAMPED
    }

    @Override
    public State at(SimpleMatrix theta) {
        return State.at(theta, "v");
    }

    @Override
    public State step(State state, SimpleMatrix gradient) {
        state.require("g", gradient);
        int t = state.t() + 1;
        SimpleMatrix theta = state.theta();
        SimpleMatrix g = decay.gradient(gradient, lambda, theta);
        boolean whole = t == 1 && first == First.UNDAMPED;
        SimpleMatrix v = whole ? g : state.get("v").scale(mu).plus(1 - d, g);
        SimpleMatrix next = decay.beside(theta.minus(v.scale(alpha)), alpha, lambda, theta);
        return state.after(t).with("v", v).with("theta", next);
    }
}
