package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.recurrent.GradientFlow;
import org.goldgrad.analytic.recurrent.LowRank;
import org.goldgrad.analytic.recurrent.Unrolling;
import org.goldgrad.analytic.recurrent.VanillaRnn;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Twist;

/** What goes wrong in layers of random and low-rank weights; every mistake of the layer is one of its gradient too. */
final class LowRankMistakes {
    private LowRankMistakes() {}

    static List<Mistake> ofLayer() {
        return of(UnaryOperator.identity());
    }

    /** The layer's mistakes, each made by a definition derived from the wrong layer. */
    private static List<Mistake> of(UnaryOperator<Definition> from) {
        List<Mistake> mistakes = new ArrayList<>(TimeMistakes.forward(unrolling -> from.apply(unrolled(unrolling))));
        mistakes.addAll(ArgumentMistakes.of(LowRank.LAYER, from, "x", "h0", "b"));
        mistakes.addAll(List.of(
                mistake(
                        "recurrent-weights-transposed",
                        "multiplies by the transposed recurrent weights",
                        "h_{t-1} Wᵀ in place of h_{t-1} W",
                        from.apply(made(LowRankMistakes::transposed))),
                mistake(
                        "factors-exchanged",
                        "multiplies the factors the wrong way round",
                        "R + s Q Pᵀ in place of R + s P Qᵀ",
                        from.apply(Twist.swapped(LowRank.LAYER, "P", "Q"))),
                mistake(
                        "unscaled",
                        "forgets to scale the low-rank part",
                        "R + P Qᵀ",
                        from.apply(made(LowRankMistakes::unscaled))),
                mistake(
                        "scales-everything",
                        "scales the random part, too",
                        "s (R + P Qᵀ)",
                        from.apply(made(LowRankMistakes::allScaled))),
                mistake(
                        "scales-both-factors",
                        "scales each factor, and so the product twice",
                        "R + s² P Qᵀ",
                        from.apply(made(LowRankMistakes::scaledTwice))),
                mistake(
                                "one-over-root-k",
                                "divides by the root of the rank",
                                "s = 1/√rank in place of 1/rank",
                                from.apply(made(LowRankMistakes::overRoot)))
                        .under("scale", "one_over_k"),
                mistake(
                        "no-self-connections",
                        "removes the diagonal from the low-rank part, which then has another rank",
                        "R + s (P Qᵀ - diag(P Qᵀ))",
                        from.apply(made(LowRankMistakes::withoutDiagonal))),
                mistake(
                        "normalizes-the-factors",
                        "divides each factor by its norm",
                        "R + s (P/‖P‖) (Q/‖Q‖)ᵀ",
                        from.apply(made(LowRankMistakes::normalized))),
                mistake(
                        "random-part-forgotten",
                        "leaves out the random part",
                        "W = s P Qᵀ",
                        from.apply(Twist.input(LowRank.LAYER, "R", Twist.zero())))));
        return mistakes;
    }

    static List<Mistake> ofGradient() {
        Gradient right = gradient(LowRank.LAYER);
        List<Mistake> mistakes = new ArrayList<>(of(LowRankMistakes::gradient));
        mistakes.addAll(TimeMistakes.backward(unrolling -> gradient(unrolled(unrolling))));
        mistakes.addAll(GradientMistakes.of(right, List.of("U", "P", "Q", "b")));
        mistakes.add(GradientMistakes.lastUpstreamOnly(right));
        mistakes.add(mistake(
                "factor-gradients-unscaled",
                "forgets the scale in the gradients of the factors",
                "dP = dW Q in place of s dW Q",
                gradient(made(LowRankMistakes::unscaledBackwards))));
        mistakes.add(mistake(
                "one-factor-held-constant",
                "treats Q as a constant",
                "dQ = 0",
                Twist.output(right, "dQ", Twist.zero())));
        return mistakes;
    }

    private static Gradient gradient(Definition layer) {
        return new Gradient(layer, List.of("x", "h0", "U", "P", "Q", "b"));
    }

    private static LowRank unrolled(Unrolling unrolling) {
        return new LowRank(LowRank::recurrent, VanillaMistakes.unrolled(unrolling));
    }

    private static LowRank made(LowRank.Recurrent weights) {
        return new LowRank(weights, VanillaRnn.LAYER);
    }

    private static <R extends Real<R>> Tensor<R> transposed(Question<R> q) {
        return LowRank.recurrent(q).transpose();
    }

    private static <R extends Real<R>> Tensor<R> unscaled(Question<R> q) {
        return q.tensor("R").plus(LowRank.part(q));
    }

    private static <R extends Real<R>> Tensor<R> allScaled(Question<R> q) {
        return unscaled(q).times(LowRank.scale(q));
    }

    private static <R extends Real<R>> Tensor<R> scaledTwice(Question<R> q) {
        return q.tensor("R").plus(LowRank.part(q).times(LowRank.scale(q).square()));
    }

    private static <R extends Real<R>> Tensor<R> overRoot(Question<R> q) {
        return q.tensor("R").plus(LowRank.part(q).times(LowRank.scale(q).sqrt()));
    }

    private static <R extends Real<R>> Tensor<R> withoutDiagonal(Question<R> q) {
        Tensor<R> part = LowRank.part(q);
        int n = part.size(0);
        Tensor<R> rest = Tensor.of(
                q.arithmetic(),
                part.shape(),
                i -> i / n == i % n ? q.arithmetic().zero() : part.at(i));
        return q.tensor("R").plus(rest.times(LowRank.scale(q)));
    }

    private static <R extends Real<R>> Tensor<R> normalized(Question<R> q) {
        R norms = GradientFlow.norm(q.tensor("P")).times(GradientFlow.norm(q.tensor("Q")));
        return q.tensor("R").plus(LowRank.part(q).times(LowRank.scale(q).dividedBy(norms)));
    }

    /** The right weights; P Qᵀ in place of s P Qᵀ in what P and Q get of the gradient. */
    private static <R extends Real<R>> Tensor<R> unscaledBackwards(Question<R> q) {
        Tensor<R> part = LowRank.part(q);
        Tensor<R> nothing = part.minus(part.map(R::detach));
        return LowRank.recurrent(q).map(R::detach).plus(nothing);
    }
}
