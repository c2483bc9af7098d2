package org.goldgrad.analytic.optimization;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Arithmetic;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Question;

/**
 * Gradient descent along an exponential running average of the gradient, as a trajectory over given gradients.
 *
 * <pre>
 *   v_t = βv_{t−1} + (1−β)g_t     raw  θ_t = θ_{t−1} − δv_t     corrected  θ_t = θ_{t−1} − δv_t/(1−βᵗ)     v_0 = 0
 *   g, v, θ  steps×parameters        θ0  parameters        0 ≤ β < 1, δ > 0
 * </pre>
 */
public final class RunningAverage {
    private RunningAverage() {}

    public static <R extends Real<R>> Answer<R> define(Question<R> q) {
        boolean corrected = q.convention("correction").equals("corrected");
        R beta = q.scalar("beta");
        R delta = q.scalar("delta");
        R one = q.arithmetic().one();
        Tensor<R> theta = q.tensor("theta0");
        Tensor<R> v = theta.map(x -> q.arithmetic().zero());
        List<Tensor<R>> vs = new ArrayList<>();
        List<Tensor<R>> thetas = new ArrayList<>();
        for (Tensor<R> g : q.tensor("g").slices()) {
            v = v.times(beta).plus(g.times(one.minus(beta)));
            vs.add(v);
            R weight = one.minus(beta.pow(vs.size()));
            theta = theta.minus((corrected ? v.map(x -> x.dividedBy(weight)) : v).times(delta));
            thetas.add(theta);
        }
        return Answer.of("v", Tensor.stack(vs)).and("theta", Tensor.stack(thetas));
    }

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
