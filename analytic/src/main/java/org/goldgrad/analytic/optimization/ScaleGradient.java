package org.goldgrad.analytic.optimization;

import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Question;

/**
 * A gradient times a constant, as loss scaling needs it.
 *
 * <pre>
 *   scaled = ag         a = factor        g, scaled  tensors×parameters
 * </pre>
 */
public final class ScaleGradient {
    private ScaleGradient() {}

    public static <R extends Real<R>> Answer<R> define(Question<R> q) {
        return Answer.of("scaled", q.tensor("g").times(q.scalar("factor")));
    }
}
