package org.goldgrad.analytic.optimization;

import java.util.List;
import org.goldgrad.analytic.formula.Rule;

/**
 * AMSGrad (Reddi, Kale and Kumar 2018): Adam whose divisor never decreases.
 */
public final class AmsGrad {
    /** What happens to one parameter at step t; what is kept is 0 in the beginning. */
    public static final String RULE = """
                                              m = beta1 m + (1 - beta1) g
                                              v = beta2 v + (1 - beta2) g^2
            maximum=raw|hat|uncorrected       w = max(w, v)
            maximum=corrected                 w = max(w, v/(1 - beta2^t))
            maximum=raw                       theta = theta - lr m/(1 - beta1^t)/(sqrt(w/(1 - beta2^t)) + eps)
            maximum=hat                       theta = theta - lr sqrt(1 - beta2^t)/(1 - beta1^t) m/(sqrt(w) + eps)
            maximum=corrected                 theta = theta - lr m/(1 - beta1^t)/(sqrt(w) + eps)
            maximum=uncorrected               theta = theta - lr m/(sqrt(w) + eps)
            """;

    /** The trajectory. */
    public static final Trajectory DEFINITION = new Trajectory(Rule.of(RULE), List.of("m", "v", "w"), List.of());

    private AmsGrad() {}
}
