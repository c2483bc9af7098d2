package org.goldgrad.analytic.optimization;

import java.util.List;
import org.goldgrad.analytic.formula.Rule;

/**
 * Adagrad (Duchi, Hazan and Singer 2011): a step divided by the root of the sum of all squared gradients so far, which starts at v0.
 */
public final class AdaGrad {
    /** What happens to one parameter at step t; what is kept is 0 in the beginning. */
    public static final String RULE = """
                               v = v + g^2
            epsilon=outside    theta = theta - lr g/(sqrt(v) + eps)
            epsilon=inside     theta = theta - lr g/sqrt(v + eps)
            """;

    /** The trajectory. */
    public static final Trajectory DEFINITION = new Trajectory(Rule.of(RULE), List.of("v"), List.of());

    private AdaGrad() {}
}
