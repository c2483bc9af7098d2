package org.goldgrad.reference.optimization;

import java.util.function.UnaryOperator;
import org.ejml.simple.SimpleMatrix;

/**
 * Nesterov's accelerated gradient: momentum whose gradient is taken, or stands for one taken, where the momentum leads.
 *
 * <pre>
 *   frameworks      q = ∇f(θ)           v ← μv + q        θ ← θ − α(q + μv)
 *   rate inside     q = ∇f(θ)           v ← μv + αq       θ ← θ − (αq + μv)
 *   look ahead      q = ∇f(θ − μv)      v ← μv + αq       θ ← θ − v
 *
 *   θ, q, v  d×1 (or any one shape)     v_0 = 0 unless given
 * </pre>
 *
 * Looking ahead is Sutskever et al. 2013, equations 3 and 4, with the opposite sign of v; PyTorch is the first, Keras
 * the second. As long as α and μ stay the same, the first two make the same steps, and their θ is the θ − μv at which
 * the third takes its gradient (Bengio et al. 2013).
 *
 * @param alpha α, the learning rate
 * @param mu μ, how much of the velocity stays
 * @param form which of the three
 */
public record Nesterov(double alpha, double mu, Form form) implements Optimizer {

    /** Where the gradient is taken, and whether the velocity contains the rate. */
    public enum Form {
        OUTSIDE,
        INSIDE,
        LOOK_AHEAD
    }

    @Override
    public State at(SimpleMatrix theta) {
        return State.at(theta, "v");
    }

    /** As {@link #step(State, UnaryOperator)}, where q was taken at the point that the form asks for. */
    @Override
    public State step(State state, SimpleMatrix q) {
        return step(state, point -> q);
    }

    /** The state after one step down the function that has this gradient, asked for once. */
    public State step(State state, UnaryOperator<SimpleMatrix> gradient) {
        SimpleMatrix theta = state.theta();
        SimpleMatrix ahead = state.get("v").scale(mu);
        SimpleMatrix q = gradient.apply(form == Form.LOOK_AHEAD ? theta.minus(ahead) : theta.copy());
        state.require("q", q);
        SimpleMatrix v = ahead.plus(form == Form.OUTSIDE ? 1 : alpha, q);
        SimpleMatrix step = switch (form) {
            case OUTSIDE -> q.plus(mu, v).scale(alpha);
            case INSIDE -> q.scale(alpha).plus(mu, v);
            case LOOK_AHEAD -> v;
        };
        return state.after(state.t() + 1).with("v", v).with("theta", theta.minus(step));
    }
}
