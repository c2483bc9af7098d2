package org.goldgrad.analytic.optimization;

import java.util.List;
import org.goldgrad.analytic.formula.Rule;

/**
 * NAdam (Dozat 2016): Adam whose first moment looks ahead as Nesterov's momentum does, with a momentum that rises towards
 * β₁, with a constant one, or with the correction of the present step for both parts (Ruder 2016). The two parts of the step
 * may be applied one after the other, as PyTorch does.
 */
public final class Nadam {
    /** What happens to one parameter at step t; what is kept is 0 in the beginning. */
    public static final String RULE = """
                                  m = beta1 m + (1 - beta1) g
                                  v = beta2 v + (1 - beta2) g^2
            schedule=decaying     mu = beta1 (1 - 0.5 exp(t psi log(0.96)))
            schedule=decaying     next = beta1 (1 - 0.5 exp((t + 1) psi log(0.96)))
            schedule=decaying     product = first(mu, mu product)
            schedule=decaying     ahead = next m/(1 - next product)
            schedule=decaying     now = (1 - mu) g/(1 - product)
            schedule=constant     ahead = beta1 m/(1 - beta1^(t + 1))
            schedule=constant     now = (1 - beta1) g/(1 - beta1^t)
            schedule=same         ahead = beta1 m/(1 - beta1^t)
            schedule=same         now = (1 - beta1) g/(1 - beta1^t)
                                  root = sqrt(v/(1 - beta2^t)) + eps
                                  theta = theta - lr ahead/root - lr now/root
            """;

    /** The trajectory. */
    public static final Trajectory DEFINITION =
            new Trajectory(Rule.of(RULE), List.of("m", "v"), List.of("mu", "product", "ahead", "now"));

    private Nadam() {}
}
