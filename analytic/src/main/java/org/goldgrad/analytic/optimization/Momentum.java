package org.goldgrad.analytic.optimization;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Question;

/**
 * Gradient descent with momentum (Polyak 1964), as a trajectory over given gradients.
 *
 * <pre>
 *   rate inside   v_t = αv_{t−1} + εg_t     θ_t = θ_{t−1} − v_t
 *   rate outside  v_t = αv_{t−1} + g_t      θ_t = θ_{t−1} − εv_t          v_0 = 0
 *   g, v, θ  steps×parameters        θ0  parameters        0 ≤ α < 1, ε > 0
 * </pre>
 */
public final class Momentum {
    private Momentum() {}

    public static <R extends Real<R>> Answer<R> define(Question<R> q) {
        boolean inside = q.convention("rate").equals("inside");
        R alpha = q.scalar("alpha");
        R epsilon = q.scalar("epsilon");
        Tensor<R> theta = q.tensor("theta0");
        Tensor<R> v = theta.map(x -> q.arithmetic().zero());
        List<Tensor<R>> vs = new ArrayList<>();
        List<Tensor<R>> thetas = new ArrayList<>();
        for (Tensor<R> g : q.tensor("g").slices()) {
            v = v.times(alpha).plus(inside ? g.times(epsilon) : g);
            theta = theta.minus(inside ? v : v.times(epsilon));
            vs.add(v);
            thetas.add(theta);
        }
        return Answer.of("v", Tensor.stack(vs)).and("theta", Tensor.stack(thetas));
    }
}
