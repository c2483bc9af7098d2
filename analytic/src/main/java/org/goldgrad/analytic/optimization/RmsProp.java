package org.goldgrad.analytic.optimization;

import java.util.List;
import org.goldgrad.analytic.formula.Rule;

/**
 * RMSprop (Tieleman and Hinton 2012): a step divided by the root of a running average of squared gradients; centered
 * (Graves 2013), by the root of their variance; with momentum.
 */
public final class RmsProp {
    /** What happens to one parameter at step t; what is kept is 0 in the beginning. */
    public static final String RULE = """
                                                 v = rho v + (1 - rho) g^2
            centered=centered                    mean = rho mean + (1 - rho) g
            centered=plain epsilon=outside       step = g/(sqrt(v) + eps)
            centered=plain epsilon=inside        step = g/sqrt(v + eps)
            centered=centered epsilon=outside    step = g/(sqrt(v - mean^2) + eps)
            centered=centered epsilon=inside     step = g/sqrt(v - mean^2 + eps)
            rate=outside                         b = momentum b + step
            rate=inside                          b = momentum b + lr step
            rate=outside                         theta = theta - lr b
            rate=inside                          theta = theta - b
            """;

    /** The trajectory. */
    public static final Trajectory DEFINITION =
            new Trajectory(Rule.of(RULE), List.of("v", "b"), List.of("mean", "step"));

    private RmsProp() {}
}
