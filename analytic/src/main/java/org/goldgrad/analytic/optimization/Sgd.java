package org.goldgrad.analytic.optimization;

import java.util.List;
import org.goldgrad.analytic.formula.Rule;

/**
 * Gradient descent with momentum, dampening and weight decay, as frameworks offer it: L2 regularization adds the decay to
 * the gradient, decoupled decay (Loshchilov and Hutter 2019) to the step; the first velocity is dampened or not.
 */
public final class Sgd {
    /** What happens to one parameter at step t; what is kept is 0 in the beginning. */
    public static final String RULE = """
            decay=coupled         g = g + weight_decay theta
            first_step=undamped   v = first(g, momentum v + (1 - dampening) g)
            first_step=damped     v = momentum v + (1 - dampening) g
            decay=coupled         theta = theta - lr v
            decay=decoupled       theta = theta - lr weight_decay theta - lr v
            """;

    /** The trajectory. */
    public static final Trajectory DEFINITION = new Trajectory(Rule.of(RULE), List.of("v"), List.of());

    private Sgd() {}
}
