package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.optimization.ClipByNorm;
import org.goldgrad.analytic.optimization.Norm;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.optimization.WrongLimit.Slip;

/** What goes wrong in clipping by norm, and in its gradient. */
final class ClipByNormMistakes {
    private ClipByNormMistakes() {}

    static List<Mistake> ofClipping() {
        LimitMistakes shortening = shortening(UnaryOperator.identity());
        List<Mistake> mistakes = new ArrayList<>(all(shortening));
        mistakes.add(mistake(
                        "zero-over-zero",
                        "multiplies the direction by the clipped norm",
                        "g/‖g‖ · min(‖g‖, c), which is 0/0 at 0",
                        shortening.wrong(Slip.ZERO_OVER_ZERO))
                .seenIn(
                        "https://github.com/PaddlePaddle/Paddle/pull/30777",
                        "https://github.com/google-deepmind/optax/pull/1752")
                .under("epsilon", "none"));
        return mistakes;
    }

    static List<Mistake> ofGradient() {
        LimitMistakes shortening = shortening(wrong -> new Gradient(wrong, List.of("g")));
        List<Mistake> mistakes = new ArrayList<>(all(shortening));
        mistakes.add(mistake(
                        "no-gradient-at-zero",
                        "differentiates the root at 0",
                        "0 · ∞ for 0 through the norm of g = 0, where dg = dclipped",
                        shortening.wrong(Slip.NO_ROOT_OF_ZERO))
                .seenIn("https://github.com/tensorflow/tensorflow/issues/22048"));
        mistakes.add(mistake(
                "norm-as-constant",
                "treats the norm as a constant",
                "dg = f dclipped, f = c/‖g‖, without the part through ‖g‖",
                shortening.wrong(Slip.NORM_CONSTANT)));
        mistakes.add(mistake(
                "no-gradient-beyond-the-limit",
                "passes no gradient on where something is clipped",
                "dg = 0 where ‖g‖ > c",
                shortening.wrong(Slip.FLAT)));
        mistakes.add(mistake(
                "radial-part-added",
                "adds the part through the norm instead of subtracting it",
                "dg = f (dclipped + ⟨u, dclipped⟩ u), u = g/‖g‖",
                shortening.wrong(Slip.RADIAL_ADDED)));
        return mistakes;
    }

    private static LimitMistakes shortening(UnaryOperator<Definition> from) {
        return new LimitMistakes(ClipByNorm::define, "g", "limit", "clipped", from);
    }

    /** Those of clipping that its gradient has, too. */
    private static List<Mistake> all(LimitMistakes shortening) {
        List<Mistake> mistakes = new ArrayList<>(shortening.all());
        mistakes.add(mistake(
                        "norms-added",
                        "adds the norms of the tensors instead of their squares",
                        "Σ‖g_i‖ for √Σ‖g_i‖²",
                        shortening.from().apply(new OfParts(Parts.ADDED)))
                .under("scope", "global"));
        mistakes.add(mistake(
                        "last-tensor-left-out",
                        "leaves the last tensor out of the norm",
                        "√Σ‖g_i‖² over all tensors but the last",
                        shortening.from().apply(new OfParts(Parts.BUT_THE_LAST)))
                .under("scope", "global"));
        mistakes.add(mistake(
                        "norm-of-each-group",
                        "takes a norm for each group of tensors, the first one and the others",
                        "g_1 by ‖g_1‖, the others by √Σ_{i>1} ‖g_i‖²",
                        shortening.from().apply(new OfParts(Parts.GROUPS)))
                .seenIn("https://github.com/huggingface/transformers/pull/614")
                .under("scope", "global"));
        return mistakes;
    }

    private enum Parts {
        ADDED,
        BUT_THE_LAST,
        GROUPS
    }

    /** All tensors shortened by a norm that is made of theirs in a wrong way. */
    private record OfParts(Parts parts) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Tensor<R> g = q.tensor("g");
            int n = g.size(0);
            return Answer.of(
                    "clipped",
                    switch (parts) {
                        case ADDED -> {
                            List<R> norms = g.slices().stream().map(Norm::of).toList();
                            yield shortened(q, g, Tensor.vector(norms).sum());
                        }
                        case BUT_THE_LAST ->
                            n == 1
                                    ? g
                                    : shortened(
                                            q,
                                            g,
                                            Norm.of(Tensor.stack(g.slices().subList(0, n - 1))));
                        case GROUPS -> {
                            List<Tensor<R>> groups = new ArrayList<>();
                            groups.add(shortened(q, g.slice(0), Norm.of(g.slice(0))));
                            if (n > 1) {
                                Tensor<R> rest = Tensor.stack(g.slices().subList(1, n));
                                groups.addAll(shortened(q, rest, Norm.of(rest)).slices());
                            }
                            yield Tensor.stack(groups);
                        }
                    });
        }

        private static <R extends Real<R>> Tensor<R> shortened(Question<R> q, Tensor<R> x, R norm) {
            return Norm.shortened(x, ClipByNorm.compared(q, norm), q.scalar("limit"));
        }
    }
}
