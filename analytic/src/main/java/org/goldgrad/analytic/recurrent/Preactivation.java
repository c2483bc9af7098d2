package org.goldgrad.analytic.recurrent;

import org.goldgrad.analytic.arithmetic.Affine;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;

/**
 * The recurrent layer whose state is the pre-activation: the nonlinearity comes first, and nothing squashes h.
 *
 * <pre>
 *   h_t = φ(h_{t−1}) W + x_t U + b        t = 1 … T
 *   x  time×batch×features     h0  batch×hidden     U  features×hidden     W  hidden×hidden     b  hidden
 * </pre>
 */
public record Preactivation(VanillaRnn.Cell cell, Unrolling unrolling) implements Definition {
    /** The layer as defined above. */
    public static final Preactivation LAYER = new Preactivation(Preactivation::step, Unrolling.PLAIN);

    /** g = φ(h_{t−1}), h_t = g W + x_t U + b: the node that the other layer calls a. */
    public static <R extends Real<R>> VanillaRnn.Nodes<R> step(
            VanillaRnn.Weights<R> w, Squash phi, Tensor<R> x, Tensor<R> h) {
        Tensor<R> next =
                Affine.of(h.map(phi::of), w.W()).plus(x, w.U()).plus(w.b()).sum();
        return new VanillaRnn.Nodes<>(next, next);
    }

    @Override
    public <R extends Real<R>> Answer<R> of(Question<R> q) {
        Answer<R> answer = new VanillaRnn(cell, unrolling).of(q);
        return Answer.of("h", answer.output("h"));
    }
}
