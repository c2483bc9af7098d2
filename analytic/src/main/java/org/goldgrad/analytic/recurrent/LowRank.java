package org.goldgrad.analytic.recurrent;

import org.goldgrad.analytic.arithmetic.Affine;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;

/**
 * A recurrent layer whose recurrent weights are fixed random ones and a trained part of low rank.
 *
 * <pre>
 *   W = R + s P Qᵀ       s = alpha, or 1/rank      h_t = tanh(x_t U + h_{t−1} W + b)
 *   R  hidden×hidden     P, Q  hidden×rank         alpha  scalar > 0       which s  the convention "scale"
 *   x, h0, U, b, h  as in the plain layer
 * </pre>
 */
public record LowRank(Recurrent weights, Definition layer) implements Definition {
    /** The layer as defined above. */
    public static final LowRank LAYER = new LowRank(LowRank::recurrent, VanillaRnn.LAYER);

    /** How the recurrent weights are put together. */
    @FunctionalInterface
    public interface Recurrent {
        <R extends Real<R>> Tensor<R> of(Question<R> q);
    }

    /** R + s P Qᵀ. */
    public static <R extends Real<R>> Tensor<R> recurrent(Question<R> q) {
        return Affine.of(q.tensor("P").times(scale(q)), q.tensor("Q").transpose())
                .plus(q.tensor("R"))
                .sum();
    }

    /** P Qᵀ. */
    public static <R extends Real<R>> Tensor<R> part(Question<R> q) {
        return q.tensor("P").matmul(q.tensor("Q").transpose());
    }

    /** s. */
    public static <R extends Real<R>> R scale(Question<R> q) {
        return q.convention("scale").equals("alpha")
                ? q.scalar("alpha")
                : q.arithmetic().of(q.tensor("P").size(1)).reciprocal();
    }

    @Override
    public <R extends Real<R>> Answer<R> of(Question<R> q) {
        Tensor<R> W = weights.of(q);
        Answer<R> answer = layer.of(q.with("W", W).withConvention("nonlinearity", "tanh"));
        return Answer.of("h", answer.output("h")).through("W", W);
    }
}
