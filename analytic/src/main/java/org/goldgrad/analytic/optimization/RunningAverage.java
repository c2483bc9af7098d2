package org.goldgrad.analytic.optimization;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Arithmetic;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.formula.Rule;

/**
 * Gradient descent along an exponential running average of the gradient, corrected for its start at 0 or not.
 */
public final class RunningAverage {
    /** What happens to one parameter at step t; what is kept is 0 in the beginning. */
    public static final String RULE = """
                                   v = beta v + (1 - beta) g
            correction=raw         theta = theta - delta v
            correction=corrected   theta = theta - delta v/(1 - beta^t)
            """;

    /** The trajectory. */
    public static final Trajectory DEFINITION = new Trajectory(Rule.of(RULE), List.of("v"), List.of());

    private RunningAverage() {}

    /** v_t = (1−β) Σ_{i≤t} β^{t−i} g_i, for every t. */
    public static <R extends Real<R>> Tensor<R> unrolled(Tensor<R> g, R beta) {
        Arithmetic<R> arithmetic = g.arithmetic();
        List<Tensor<R>> vs = new ArrayList<>();
        for (int t = 0; t < g.size(0); t++) {
            Tensor<R> v = g.slice(0).map(x -> arithmetic.zero());
            for (int i = 0; i <= t; i++) {
                v = v.plus(g.slice(i).times(beta.pow(t - i)));
            }
            vs.add(v.times(arithmetic.one().minus(beta)));
        }
        return Tensor.stack(vs);
    }
}
