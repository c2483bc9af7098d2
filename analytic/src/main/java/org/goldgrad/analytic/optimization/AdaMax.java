package org.goldgrad.analytic.optimization;

import java.util.List;
import org.goldgrad.analytic.formula.Rule;

/**
 * AdaMax (Kingma and Ba 2015, Algorithm 2): Adam with the infinity norm of the gradients in place of their root mean square.
 */
public final class AdaMax {
    /** What happens to one parameter at step t; what is kept is 0 in the beginning. */
    public static final String RULE = """
                                                 m = beta1 m + (1 - beta1) g
            epsilon=beside|uncorrected|none      u = max(beta2 u, abs(g))
            epsilon=within                       u = max(beta2 u, abs(g) + eps)
            epsilon=within|none                  theta = theta - lr/(1 - beta1^t) m/u
            epsilon=beside                       theta = theta - lr/(1 - beta1^t) m/(u + eps)
            epsilon=uncorrected                  theta = theta - lr m/(u + eps)
            """;

    /** The trajectory. */
    public static final Trajectory DEFINITION = new Trajectory(Rule.of(RULE), List.of("m", "u"), List.of());

    private AdaMax() {}
}
