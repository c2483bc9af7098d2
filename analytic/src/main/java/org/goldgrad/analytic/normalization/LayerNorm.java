package org.goldgrad.analytic.normalization;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Arithmetic;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Question;

/**
 * Layer normalisation over the last axis (Ba, Kiros and Hinton 2016).
 *
 * <pre>
 *   μ = (1/n)Σxⱼ     v = (1/n)Σ(xⱼ − μ)²     x̂ⱼ = (xⱼ − μ)/√(v + ε)     yⱼ = γⱼx̂ⱼ + βⱼ
 *   x, x̂, y  batch×time×features     γ, β  features     μ, v  batch×time     n = features, ε ≥ 0, v + ε > 0
 * </pre>
 */
public final class LayerNorm {
    private LayerNorm() {}

    public static <R extends Real<R>> Answer<R> define(Question<R> q) {
        Arithmetic<R> arithmetic = q.arithmetic();
        Tensor<R> x = q.tensor("x");
        int n = x.size(2);
        R count = arithmetic.of(n);
        R eps = q.scalar("eps");
        List<R> means = new ArrayList<>();
        List<R> variances = new ArrayList<>();
        List<Tensor<R>> scaled = new ArrayList<>();
        List<Tensor<R>> rows = new ArrayList<>();
        for (Tensor<R> row : x.reshape(x.size() / n, n).slices()) {
            R mean = row.sum().dividedBy(count);
            Tensor<R> centered = centered(row, mean);
            R variance = honest(centered.dot(centered).dividedBy(count), mean, n);
            R deviation = variance.plus(eps).sqrt();
            Tensor<R> xhat = centered.map(d -> d.dividedBy(deviation));
            scaled.add(xhat);
            rows.add(xhat.times(q.tensor("gamma")).plus(q.tensor("beta")));
            means.add(mean);
            variances.add(variance);
        }
        return Answer.of("y", Tensor.stack(rows).reshape(x.shape()))
                .and("mean", Tensor.vector(means).reshape(x.size(0), x.size(1)))
                .and("variance", Tensor.vector(variances).reshape(x.size(0), x.size(1)))
                .through("xhat", Tensor.stack(scaled).reshape(x.shape()));
    }

    /**
     * x − μ as those know it whose μ is rounded, each element by itself: a backward pass that leaves Σ(xⱼ − μ) = 0 out, as
     * frameworks' do, does not have the term in which what μ is off would cancel.
     */
    private static <R extends Real<R>> Tensor<R> centered(Tensor<R> row, R mean) {
        R off = row.map(xj -> xj.detach().abs()).sum();
        return row.map(xj -> xj.arithmetic().honest(xj.minus(mean), off));
    }

    /**
     * v as those know it who update it number by number (Welford 1962), as frameworks do: off by as much as nκu of it, with
     * κ² = 1 + μ²/v (Chan, Golub and LeVeque 1983, table 2), where two passes are off by nu. One pass is off by nκ²u.
     */
    private static <R extends Real<R>> R honest(R variance, R mean, int n) {
        R v = variance.detach();
        R kappaV = v.times(v.plus(mean.detach().square())).sqrt();
        return variance.arithmetic().honest(variance, kappaV.times(n));
    }
}
