package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.recurrent.Unrolling;
import org.goldgrad.analytic.recurrent.VanillaRnn;
import org.goldgrad.properties.operation.Mistake;

/** What goes wrong in plain recurrent layers; every mistake of the layer is one of its gradient too. */
final class VanillaMistakes {
    private VanillaMistakes() {}

    static List<Mistake> ofLayer() {
        return of(UnaryOperator.identity());
    }

    static List<Mistake> ofGradient() {
        Gradient right = VanillaOperation.gradient(VanillaRnn.LAYER);
        List<Mistake> mistakes = new ArrayList<>(of(VanillaOperation::gradient));
        mistakes.addAll(TimeMistakes.backward(unrolling -> VanillaOperation.gradient(unrolled(unrolling))));
        mistakes.addAll(CellMistakes.backward(cell -> VanillaOperation.gradient(made(cell))));
        mistakes.addAll(GradientMistakes.of(right, List.of("U", "W", "b")));
        mistakes.add(GradientMistakes.lastUpstreamOnly(right));
        mistakes.add(GradientMistakes.recurrentTransposed(right));
        mistakes.add(mistake(
                "dh0-one-step-short",
                "stops one step before the initial state",
                "dh0 = Γ_1 instead of δ_1 Wᵀ",
                new ShortOfStart()));
        mistakes.add(mistake(
                "recurrent-gradient-with-the-state-after",
                "pairs each step with the state that it made",
                "dW = Σ h_tᵀ δ_t instead of Σ h_{t-1}ᵀ δ_t",
                new StateAfter()));
        mistakes.add(mistake(
                "total-without-the-direct-part",
                "leaves the loss of the step itself out of Γ_t",
                "Γ_t without dh_t",
                new Indirect()));
        return mistakes;
    }

    /** The layer's mistakes, each made by a definition derived from the wrong layer. */
    private static List<Mistake> of(UnaryOperator<Definition> from) {
        List<Mistake> mistakes = new ArrayList<>(TimeMistakes.forward(unrolling -> from.apply(unrolled(unrolling))));
        mistakes.addAll(CellMistakes.forward(cell -> from.apply(made(cell))));
        mistakes.addAll(ArgumentMistakes.of(VanillaRnn.LAYER, from, "x", "h0", "U", "W", "b"));
        mistakes.add(StaleState.mistake(VanillaRnn.LAYER, from));
        return mistakes;
    }

    /** A plain layer unrolled in this way. */
    static VanillaRnn unrolled(Unrolling unrolling) {
        return new VanillaRnn(VanillaRnn::step, unrolling);
    }

    /** A plain layer of such cells. */
    static VanillaRnn made(VanillaRnn.Cell cell) {
        return new VanillaRnn(cell, Unrolling.PLAIN);
    }

    private record ShortOfStart() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Answer<R> right = VanillaOperation.gradient(VanillaRnn.LAYER).of(q);
            return right.and("dh0", right.output("Gamma").slice(0));
        }
    }

    private record StateAfter() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Tensor<R> delta = new Gradient(VanillaRnn.LAYER, List.of(), Map.of("delta", "a"))
                    .of(q)
                    .output("delta");
            Tensor<R> h = VanillaRnn.LAYER.of(q).output("h");
            int n = h.size(2);
            int rows = h.size() / n;
            Tensor<R> dW = h.reshape(rows, n).transpose().matmul(delta.reshape(rows, n));
            return VanillaOperation.gradient(VanillaRnn.LAYER).of(q).and("dW", dW);
        }
    }

    private record Indirect() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            return VanillaOperation.gradient(VanillaRnn.LAYER)
                    .of(q)
                    .changing("Gamma", Gamma -> Gamma.minus(q.tensor("dh")));
        }
    }
}
