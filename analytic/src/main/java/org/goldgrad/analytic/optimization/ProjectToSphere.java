package org.goldgrad.analytic.optimization;

import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Question;

/**
 * A matrix rescaled to a given norm, but for the zero matrix, which stays.
 *
 * <pre>
 *   positive  projected = W r/‖W‖ where ‖W‖ > 0, else W
 *   epsilon   projected = W r/(‖W‖ + ε)                       ‖W‖ = √ΣW², Frobenius
 *   W  rows×columns, r = radius > 0, ε = eps ≥ 0
 * </pre>
 */
public final class ProjectToSphere {
    private ProjectToSphere() {}

    public static <R extends Real<R>> Answer<R> define(Question<R> q) {
        Tensor<R> W = q.tensor("W");
        R norm = Norm.of(W);
        R divisor = q.convention("guard").equals("epsilon")
                ? norm.plus(q.scalar("eps"))
                : norm.plus(q.arithmetic().one().minus(norm.positive())); // 0/1 where W = 0
        return Answer.of("projected", W.times(q.scalar("radius").dividedBy(divisor)))
                .through("norm", Tensor.scalar(norm));
    }
}
