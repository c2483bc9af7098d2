package org.goldgrad.analytic.optimization;

import java.util.List;
import org.goldgrad.analytic.formula.Rule;

/**
 * Adadelta (Zeiler 2012): a step in units of the parameter, from running averages of squared gradients and squared steps.
 */
public final class AdaDelta {
    /** What happens to one parameter at step t; what is kept is 0 in the beginning. */
    public static final String RULE = """
            v = rho v + (1 - rho) g^2
            d = sqrt(u + eps)/sqrt(v + eps) g
            u = rho u + (1 - rho) d^2
            theta = theta - lr d
            """;

    /** The trajectory. */
    public static final Trajectory DEFINITION = new Trajectory(Rule.of(RULE), List.of("v", "u"), List.of("d"));

    private AdaDelta() {}
}
