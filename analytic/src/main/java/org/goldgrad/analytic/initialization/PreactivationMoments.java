package org.goldgrad.analytic.initialization;

import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Question;

/**
 * Mean and variance of a pre-activation over random weights and random activations.
 *
 * <pre>
 *   a = c + Σ_i w_i h_i      w_i independent of each other and of h, each equally likely one of the outcomes w
 *                            h equally likely one of the rows of h, whose entries may depend on each other
 *   μ = mean w     σ² = mean (w − μ)²     S = Σ_i h_i
 *   E[a] = c + μ E[S]      Var(a) = E[Var(a|h)] + Var(E[a|h]) = σ² Σ_i E[h_i²] + μ² Var(S)
 *
 *   w  outcomes      h  states×fan
 * </pre>
 */
public final class PreactivationMoments {
    private PreactivationMoments() {}

    public static <R extends Real<R>> Answer<R> define(Question<R> q) {
        Tensor<R> w = q.tensor("w");
        Tensor<R> h = q.tensor("h");
        R mu = mean(w);
        Tensor<R> sums = Tensor.vector(h.slices().stream().map(Tensor::sum).toList());
        R squares =
                mean(Tensor.vector(h.slices().stream().map(row -> row.dot(row)).toList()));
        R variance = variance(w).times(squares).plus(mu.square().times(variance(sums)));
        Answer<R> moments = Answer.of("mean", Tensor.scalar(q.scalar("c").plus(mu.times(mean(sums)))));
        return honest(q, moments.and("variance", variance));
    }

    /**
     * As those know them who go through all that may happen: their terms Σ w_i h_i are off by (fan + 2)u Σ|w_i h_i| each, even
     * where the moments of w or h cancel.
     */
    private static <R extends Real<R>> Answer<R> honest(Question<R> q, Answer<R> moments) {
        Tensor<R> w = q.tensor("w").map(wi -> wi.detach().abs());
        List<R> sizes = q.tensor("h").slices().stream()
                .map(row -> row.map(hi -> hi.detach().abs()).sum())
                .toList();
        R size = mean(Tensor.vector(sizes));
        R square = mean(Tensor.vector(sizes.stream().map(R::square).toList()));
        double terms = q.tensor("h").size(1) + 2.0;
        return moments.changing(
                        "mean",
                        mean -> mean.map(x ->
                                x.arithmetic().honest(x, mean(w).times(size).times(terms))))
                .changing(
                        "variance",
                        variance -> variance.map(x -> x.arithmetic()
                                .honest(x, mean(w.times(w)).times(square).times(2 * terms))));
    }

    /** The mean of equally likely numbers. */
    public static <R extends Real<R>> R mean(Tensor<R> x) {
        return x.sum().dividedBy(x.size());
    }

    /** Their variance. */
    public static <R extends Real<R>> R variance(Tensor<R> x) {
        R mean = mean(x);
        Tensor<R> centered = x.map(xi -> xi.minus(mean));
        return centered.dot(centered).dividedBy(x.size());
    }

    /**
     * The source's formula, for activations of one mean and one variance that are uncorrelated.
     *
     * <pre>
     *   Var(a) = d(σ² Var(h) + σ² E[h]² + μ² Var(h))
     * </pre>
     *
     * @param moments μ, σ², E[h] and Var(h)
     */
    public static <R extends Real<R>> R ofUncorrelated(int d, List<R> moments) {
        R mu = moments.get(0);
        R variance = moments.get(1);
        R mean = moments.get(2);
        R spread = moments.get(3);
        return variance.times(spread)
                .plus(variance.times(mean.square()))
                .plus(mu.square().times(spread))
                .times(d);
    }
}
