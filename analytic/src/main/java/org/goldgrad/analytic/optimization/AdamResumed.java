package org.goldgrad.analytic.optimization;

import java.util.List;
import org.goldgrad.analytic.formula.Rule;

/**
 * Adam with decoupled weight decay, taken up from a checkpoint m0, v0, t0, where some groups have no gradient at some steps.
 *
 * <p>What has no gradient stays as it is, its moments included. The step is counted by every group for itself, or by the
 * optimizer for all.
 */
public final class AdamResumed {
    /** What happens to one parameter at step t; what is kept is 0 in the beginning. */
    public static final String RULE = """
            m = beta1 m + (1 - beta1) g
            v = beta2 v + (1 - beta2) g^2
            mhat = m/(1 - beta1^t)
            vhat = v/(1 - beta2^t)
            theta = theta - lr weight_decay theta - lr mhat/(sqrt(vhat) + eps)
            """;

    /** The trajectory. */
    public static final Trajectory DEFINITION = new Trajectory(Rule.of(RULE), List.of("m", "v"), List.of());

    private AdamResumed() {}
}
