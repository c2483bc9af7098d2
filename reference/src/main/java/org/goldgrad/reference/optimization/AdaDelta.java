package org.goldgrad.reference.optimization;

import org.ejml.simple.SimpleMatrix;

/**
 * AdaDelta: steps as large as recent steps were, compared with gradients as large as recent gradients were.
 *
 * <pre>
 *   v ← ρv + (1 − ρ)g²
 *   d = √(u + ε) / √(v + ε) · g         the u of the steps before
 *   u ← ρu + (1 − ρ)d²
 *   θ ← θ − αd
 *
 *   θ, g, v, u, d  of one shape         v_0 = u_0 = 0 unless given
 * </pre>
 *
 * Zeiler 2012, Algorithm 1, where α = 1.
 *
 * @param alpha α, the learning rate
 * @param rho ρ, how much of v and u stays, in [0, 1)
 * @param epsilon ε, what keeps the divisor away from 0 and lets the first step begin
 */
public record AdaDelta(double alpha, double rho, double epsilon) implements Optimizer {

    @Override
    public State at(SimpleMatrix theta) {
        return State.at(theta, "v", "u");
    }

    @Override
    public State step(State state, SimpleMatrix g) {
        state.require("g", g);
        SimpleMatrix v = state.get("v").scale(rho).plus(1 - rho, g.elementMult(g));
        SimpleMatrix steps = Epsilon.INSIDE.root(state.get("u"), epsilon);
        SimpleMatrix d = steps.elementDiv(Epsilon.INSIDE.root(v, epsilon)).elementMult(g);
        SimpleMatrix u = state.get("u").scale(rho).plus(1 - rho, d.elementMult(d));
        SimpleMatrix theta = state.theta().minus(d.scale(alpha));
        return state.after(state.t() + 1).with("v", v).with("u", u).with("theta", theta);
    }
}
