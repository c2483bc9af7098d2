package org.goldgrad.reference.optimization;

import org.ejml.simple.SimpleMatrix;

/**
 * RMSProp: a gradient divided by the root of a running average of its square, or of its variance.
 *
 * <pre>
 *   v ← ρv + (1 − ρ)g²
 *   a ← ρa + (1 − ρ)g                   centered only
 *   s = v                               plain
 *   s = v − a²                          centered
 *   b ← μb + g/(√s + ε)                 ε inside the root: g/√(s + ε); rate inside: times α
 *   θ ← θ − αb                          rate inside: θ − b
 *
 *   θ, g, v, a, b  of one shape         v_0 = a_0 = b_0 = 0 unless given
 * </pre>
 *
 * The difference v − a² loses the digits that v and a² share, and may fall below 0. With the v and a before the step
 *
 * <pre>
 *   v_t − a_t² = ρv + (1 − ρ)g² − (ρa + (1 − ρ)g)²
 *              = ρv − ρ²a² − 2ρ(1 − ρ)ag + ρ(1 − ρ)g²                     1 − ρ − (1 − ρ)² = ρ(1 − ρ)
 *              = ρ(v − a²) + ρ(1 − ρ)a² − 2ρ(1 − ρ)ag + ρ(1 − ρ)g²        −ρ² = −ρ + ρ(1 − ρ)
 *   s_t        = ρ(s + (1 − ρ)(g − a)²)
 * </pre>
 *
 * which adds what is not negative: what is left of the error is of the order u²v instead of uv, for a is rounded. It is only a checkpoint of v and a that has to be subtracted, rounded once.
 *
 * Tieleman and Hinton 2012, lecture 6.5; centered after Graves 2013, equations 38 to 41. PyTorch has ε and the rate
 * outside, Keras and TensorFlow inside.
 *
 * @param alpha α, the learning rate
 * @param rho ρ, how much of v and a stays, in [0, 1)
 * @param epsilon ε, what keeps the divisor away from 0
 * @param mu μ, how much of the velocity b stays; 0 for none
 * @param centered whether the mean is subtracted
 * @param placement where ε stands
 * @param rate where the learning rate enters
 */
public record RmsProp(
        double alpha, double rho, double epsilon, double mu, boolean centered, Epsilon placement, Rate rate)
        implements Optimizer {

    @Override
    public State at(SimpleMatrix theta) {
        return State.at(theta, "v", "a", "b");
    }

    @Override
    public State step(State state, SimpleMatrix g) {
        state.require("g", g);
        SimpleMatrix v = state.get("v").scale(rho).plus(1 - rho, g.elementMult(g));
        State next = state.after(state.t() + 1).with("v", v);
        if (!centered) {
            return moved(next, v, g);
        }
        SimpleMatrix a = state.get("a");
        SimpleMatrix s = state.derived("s").orElseGet(() -> variance(state.get("v"), a));
        SimpleMatrix away = g.minus(a);
        SimpleMatrix sNext = s.plus(1 - rho, away.elementMult(away)).scale(rho);
        return moved(next.with("a", a.scale(rho).plus(1 - rho, g)), sNext, g).derive("s", sNext);
    }

    private State moved(State state, SimpleMatrix s, SimpleMatrix g) {
        SimpleMatrix step = g.elementDiv(placement.root(s, epsilon));
        SimpleMatrix b = state.get("b").scale(mu).plus(rate.inside(alpha), step);
        return state.with("b", b).with("theta", state.theta().minus(b.scale(rate.outside(alpha))));
    }

    private static SimpleMatrix variance(SimpleMatrix v, SimpleMatrix a) {
        return Each.of(v, a, (v0, a0) -> Math.fma(-a0, a0, v0));
    }
}
