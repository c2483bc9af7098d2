package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.recurrent.Squash;
import org.goldgrad.analytic.recurrent.Stacked;
import org.goldgrad.analytic.recurrent.VanillaRnn;
import org.goldgrad.analytic.recurrent.VanillaRnn.Nodes;
import org.goldgrad.analytic.recurrent.VanillaRnn.Weights;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Twist;

/** What goes wrong between recurrent layers; what goes wrong inside one is told of the layer alone. */
final class StackedMistakes {
    private static final List<String> VANILLA = List.of("x", "h0", "U", "W", "b", "H0", "UA", "WA", "B");
    private static final List<String> LSTM = List.of("x", "h0", "c0", "U", "W", "b", "H0", "C0", "UA", "WA", "B");

    private StackedMistakes() {}

    static List<Mistake> ofVanilla() {
        List<Mistake> mistakes = new ArrayList<>(of(Stacked.VANILLA, UnaryOperator.identity()));
        mistakes.add(mistake(
                "final-states-in-reverse",
                "lists the final states from the top layer down",
                "last_{above+1-ℓ} in place of last_ℓ",
                Twist.output(Stacked.VANILLA, "last", Twist.reversed())));
        return mistakes;
    }

    static List<Mistake> ofVanillaGradient() {
        Gradient right = new Gradient(Stacked.VANILLA, VANILLA);
        List<Mistake> mistakes = new ArrayList<>(gradients(right, Stacked.VANILLA));
        mistakes.addAll(TimeMistakes.backward(
                unrolling -> new Gradient(Stacked.vanilla(VanillaMistakes.unrolled(unrolling)), VANILLA)));
        mistakes.add(mistake(
                        "middle-layers-read-their-own-outputs",
                        "multiplies a layer's own outputs where those of the layer below belong",
                        "dUA_ℓ = Σ (h_t^{ℓ+1})ᵀ δ_t instead of Σ (h_t^ℓ)ᵀ δ_t, for every layer but the first and the top",
                        new Gradient(
                                new Middle(Stacked.VANILLA, VanillaMistakes.made(StackedMistakes::ownOutput)), VANILLA))
                .seenIn("https://github.com/apache/mxnet/pull/18203"));
        mistakes.add(mistake(
                "ignores-upstream-of-final-states",
                "ignores the upstream gradients of the final states",
                "dlast taken as 0",
                Twist.input(right, "dlast", Twist.zero())));
        return mistakes;
    }

    static List<Mistake> ofLstm() {
        List<Mistake> mistakes = new ArrayList<>(of(Stacked.LSTM, UnaryOperator.identity()));
        mistakes.add(swappedStates(UnaryOperator.identity()));
        mistakes.add(InaccurateTanh.mistake(stack(InaccurateTanh.LSTM)));
        return mistakes;
    }

    static List<Mistake> ofLstmGradient() {
        Gradient right = new Gradient(Stacked.LSTM, LSTM);
        List<Mistake> mistakes = new ArrayList<>(gradients(right, Stacked.LSTM));
        mistakes.add(swappedStates(stack -> new Gradient(stack, LSTM)));
        mistakes.add(InaccurateTanh.mistake(new Gradient(stack(InaccurateTanh.LSTM), LSTM)));
        return mistakes;
    }

    private static Stacked stack(Definition layer) {
        return new Stacked(layer, Stacked.LSTM.names(), Stacked.LSTM.finals());
    }

    private static Mistake swappedStates(UnaryOperator<Definition> from) {
        return mistake(
                "swaps-initial-states",
                "takes the hidden states of the layers above for their cell states",
                "H0 and C0 exchanged",
                from.apply(Twist.swapped(Stacked.LSTM, "H0", "C0")));
    }

    /** The stack's mistakes, each made by a definition derived from the wrong stack. */
    private static List<Mistake> of(Stacked right, UnaryOperator<Definition> from) {
        List<Mistake> mistakes = new ArrayList<>(List.of(
                mistake(
                                "one-state-for-all-layers",
                                "starts every layer from the first layer's state",
                                "h0 in place of each H0_ℓ",
                                from.apply(new Shared(right, "h0")))
                        .seenIn("https://github.com/pclucas14/GansFallingShort/pull/2"),
                mistake(
                        "one-recurrent-matrix-for-all-layers",
                        "gives all layers the recurrent weights of the first",
                        "W in place of each WA_ℓ",
                        from.apply(new Shared(right, "W"))),
                mistake(
                        "layers-in-reverse",
                        "runs through the layers above the first from the top down",
                        "the weights of layer above+1-ℓ in place of those of layer ℓ",
                        from.apply(new Upended(right))),
                mistake(
                        "top-layer-missing",
                        "stops below the top layer",
                        "h = h^{above} in place of h^{above+1}",
                        from.apply(new Beheaded(right))),
                mistake(
                        "no-bias-above",
                        "leaves out the biases of the layers above the first",
                        "B = 0",
                        from.apply(Twist.input(right, "B", Twist.zero()))),
                mistake(
                        "ignores-h0",
                        "ignores the initial state of the first layer",
                        "h_0 = 0",
                        from.apply(Twist.input(right, "h0", Twist.zero()))),
                mistake(
                        "batch-first",
                        "reads time×batch as batch×time",
                        "element tB + k of x taken for step t of sequence k of time×batch with the axes exchanged",
                        from.apply(Twist.input(right, "x", Twist.leadingAxesSwapped()))),
                mistake(
                        "ignores-initial-states-above",
                        "ignores the initial states of the layers above the first",
                        "H0 = 0",
                        from.apply(Twist.input(right, "H0", Twist.zero())))));
        return mistakes;
    }

    private static List<Mistake> gradients(Gradient right, Stacked stack) {
        List<Mistake> mistakes = new ArrayList<>(of(stack, wrong -> new Gradient(wrong, right.inputs())));
        mistakes.addAll(GradientMistakes.of(right, List.of("U", "W", "b", "UA", "WA", "B")));
        mistakes.add(GradientMistakes.lastUpstreamOnly(right));
        mistakes.add(mistake(
                "no-gradient-below-the-top",
                "does not pass the gradient on from the top layer to the one below",
                "the layers below the top get no gradient through their outputs",
                new Gradient(new Severed(stack), right.inputs())));
        return mistakes;
    }

    /** An array of the first layer for that of all others. */
    private record Shared(Stacked right, String name) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            String above = right.names().getOrDefault(name, name);
            List<Tensor<R>> copies = Collections.nCopies(q.tensor(above).size(0), q.tensor(name));
            return right.of(q.with(above, Tensor.stack(copies)));
        }
    }

    /** All arrays of the layers above the first, in reverse. */
    private record Upended(Stacked right) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Question<R> upended = q;
            for (String above : right.names().values()) {
                upended = upended.with(above, Twist.reversed().of(q.tensor(above)));
            }
            return right.of(upended);
        }
    }

    private record Beheaded(Stacked right) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Answer<R> answer = right.of(q);
            Tensor<R> below = answer.intermediate("below");
            return answer.and("h", below.slice(below.size(0) - 1));
        }
    }

    /** A stack whose top layer takes its inputs for constants. */
    private record Severed(Stacked right) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Answer<R> answer = right.of(q);
            Tensor<R> below = answer.intermediate("below");
            int top = below.size(0) - 1;
            Tensor<R> x = below.slice(top).map(R::detach);
            return answer.and(
                    "h", right.layer().of(right.layer(q, top).with("x", x)).output("h"));
        }
    }

    /** A stack with other layers between the first and the top. */
    private record Middle(Stacked right, Definition middle) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            int above = q.tensor("H0").size(0);
            Tensor<R> h = right.layer().of(q).output("h");
            Tensor<R> last0 = h.slice(h.size(0) - 1);
            List<Tensor<R>> last = new ArrayList<>();
            for (int i = 0; i < above; i++) {
                Definition layer = i < above - 1 ? middle : right.layer();
                h = layer.of(right.layer(q, i).with("x", h)).output("h");
                last.add(h.slice(h.size(0) - 1));
            }
            return Answer.of("h", h).and("last0", last0).and("last", Tensor.stack(last));
        }
    }

    /** The right value; what U gets of the gradient is h_tᵀ δ_t in place of x_tᵀ δ_t. */
    private static <R extends Real<R>> Nodes<R> ownOutput(Weights<R> w, Squash phi, Tensor<R> x, Tensor<R> h) {
        Nodes<R> right = VanillaRnn.step(w, phi, x, h);
        Tensor<R> nothing = w.U().minus(w.U().map(R::detach));
        Tensor<R> exchanged = right.h().minus(x).map(R::detach).matmul(nothing);
        Tensor<R> a = right.a().plus(exchanged);
        return new Nodes<>(a, a.map(phi::of));
    }
}
