package org.goldgrad.analytic.optimization;

import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Question;

/**
 * Clipping gradients element by element.
 *
 * <pre>
 *   clipped = min(max(g, −c), c)         c = limit > 0        g, clipped  tensors×parameters
 * </pre>
 */
public final class ClipByValue {
    private ClipByValue() {}

    public static <R extends Real<R>> Answer<R> define(Question<R> q) {
        R c = q.scalar("limit");
        return Answer.of("clipped", q.tensor("g").map(g -> clipped(g, c)));
    }

    /** min(max(g, −c), c), where min(a, b) = −max(−a, −b). */
    public static <R extends Real<R>> R clipped(R g, R c) {
        return g.max(c.negate()).negate().max(c.negate()).negate();
    }
}
