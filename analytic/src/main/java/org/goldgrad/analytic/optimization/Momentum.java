package org.goldgrad.analytic.optimization;

import java.util.List;
import org.goldgrad.analytic.formula.Rule;

/**
 * Gradient descent with momentum (Polyak 1964), with the learning rate inside the velocity or outside.
 */
public final class Momentum {
    /** What happens to one parameter at step t; what is kept is 0 in the beginning. */
    public static final String RULE = """
            rate=inside    v = alpha v + epsilon g
            rate=outside   v = alpha v + g
            rate=inside    theta = theta - v
            rate=outside   theta = theta - epsilon v
            """;

    /** The trajectory. */
    public static final Trajectory DEFINITION = new Trajectory(Rule.of(RULE), List.of("v"), List.of());

    private Momentum() {}
}
