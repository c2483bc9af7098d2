package org.goldgrad.analytic.optimization;

import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Question;

/**
 * The point of a ball that is nearest to a matrix.
 *
 * <pre>
 *   projected = W r/max(‖W‖, r)      ‖W‖ = √ΣW², Frobenius      W  rows×columns, r = radius > 0
 * </pre>
 */
public final class ProjectToBall {
    private ProjectToBall() {}

    public static <R extends Real<R>> Answer<R> define(Question<R> q) {
        Tensor<R> W = q.tensor("W");
        R norm = Norm.of(W);
        return Answer.of("projected", Norm.shortened(W, norm, q.scalar("radius")))
                .through("norm", Tensor.scalar(norm));
    }
}
