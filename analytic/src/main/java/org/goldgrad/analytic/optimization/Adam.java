package org.goldgrad.analytic.optimization;

import java.util.List;
import org.goldgrad.analytic.arithmetic.Arithmetic;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.formula.Rule;

/**
 * Adam (Kingma and Ba 2015, Algorithm 1) and AdamW: a step scaled by running estimates of the gradient's mean and spread.
 */
public final class Adam {
    /** What happens to one parameter at step t; what is kept is 0 in the beginning. */
    public static final String RULE = """
            decay=coupled             g = g + weight_decay theta
                                      m = beta1 m + (1 - beta1) g
                                      v = beta2 v + (1 - beta2) g^2
            epsilon=outside|inside    mhat = m/(1 - beta1^t)
            epsilon=outside|inside    vhat = v/(1 - beta2^t)
            epsilon=outside           step = mhat/(sqrt(vhat) + eps)
            epsilon=inside            step = mhat/sqrt(vhat + eps)
            epsilon=hat               rate = sqrt(1 - beta2^t)/(1 - beta1^t)
            epsilon=hat               step = rate m/(sqrt(v) + eps)
            epsilon=uncorrected       step = m/(sqrt(v) + eps)
            decay=coupled             theta = theta - lr step
            decay=decoupled           theta = theta - lr weight_decay theta - lr step
            decay=unscaled            theta = theta - weight_decay theta - lr step
            """;

    /** The trajectory. */
    public static final Trajectory DEFINITION =
            new Trajectory(Rule.of(RULE), List.of("m", "v"), List.of("mhat", "vhat", "rate"));

    private Adam() {}

    /**
     * The largest |m_t|/√v_t that any gradients can give (Cauchy–Schwarz), β₁² &lt; β₂:
     * (1−β₁)/√(1−β₂) · √Σ_{j&lt;t} (β₁²/β₂)ʲ.
     */
    public static <R extends Real<R>> R largestRatio(R beta1, R beta2, int t) {
        Arithmetic<R> arithmetic = beta1.arithmetic();
        R ratio = beta1.square().dividedBy(beta2);
        R sum = arithmetic.zero();
        for (int j = 0; j < t; j++) {
            sum = sum.plus(ratio.pow(j));
        }
        R one = arithmetic.one();
        return one.minus(beta1).dividedBy(one.minus(beta2).sqrt()).times(sum.sqrt());
    }
}
