package org.goldgrad.properties.recurrent;

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
import org.goldgrad.analytic.recurrent.Ragged;
import org.goldgrad.analytic.recurrent.VanillaRnn;
import org.goldgrad.analytic.recurrent.VariableLength;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Twist;

/** What goes wrong with padded sequences; every mistake of the layer is one of its gradient too. */
final class VariableLengthMistakes {
    private static final Definition LAYER = VariableLengthOperation.LAYER;

    private VariableLengthMistakes() {}

    static List<Mistake> ofLayer() {
        return of(UnaryOperator.identity());
    }

    /** The layer's mistakes, each made by a definition derived from the wrong layer. */
    private static List<Mistake> of(UnaryOperator<Definition> from) {
        List<Mistake> mistakes = new ArrayList<>(TimeMistakes.forward(
                unrolling -> from.apply(new Tanh(new VariableLength(VanillaMistakes.unrolled(unrolling))))));
        mistakes.addAll(ArgumentMistakes.of(LAYER, from, "h0", "W", "b"));
        mistakes.addAll(List.of(
                mistake(
                                "padding-updates-the-state",
                                "runs on through the padding",
                                "h_t = tanh(x_t U + h_{t-1} W + b) for t > n too, and last = h_T",
                                from.apply(new Unpadded(Slip.RUNS_ON)))
                        .seenIn("https://github.com/keras-team/keras/issues/1300"),
                mistake(
                        "last-step-of-the-padding",
                        "returns the state at the end of the padded sequence, which was set to 0",
                        "last = h_T in place of h_n",
                        from.apply(new Unpadded(Slip.LAST_OF_ALL))),
                mistake(
                        "state-repeated-in-the-padding",
                        "repeats the last state where 0 belongs, so that upstream gradients leak in from the padding",
                        "h_t = h_n for t > n",
                        from.apply(new Unpadded(Slip.REPEATED))),
                mistake(
                        "one-step-too-long",
                        "stops one step late",
                        "n + 1 in place of n, where there is a step",
                        from.apply(new OtherLengths(1))),
                mistake(
                        "one-step-too-short",
                        "stops one step early",
                        "n - 1 in place of n, where one remains",
                        from.apply(new OtherLengths(-1))),
                mistake(
                        "lengths-in-reverse",
                        "reads the lengths in reverse order, as after sorting by length",
                        "n of sequence batch + 1 - k for sequence k",
                        from.apply(Twist.input(LAYER, "lengths", Twist.reversed())))));
        return mistakes;
    }

    static List<Mistake> ofGradient() {
        Gradient right = VanillaOperation.plainGradient(LAYER);
        List<Mistake> mistakes = new ArrayList<>(of(VanillaOperation::plainGradient));
        mistakes.addAll(TimeMistakes.backward(unrolling ->
                VanillaOperation.plainGradient(new Tanh(new VariableLength(VanillaMistakes.unrolled(unrolling))))));
        mistakes.addAll(GradientMistakes.of(right, List.of("U", "W", "b")));
        mistakes.add(mistake(
                        "inputs-counted-from-the-end-of-the-padding",
                        "runs backwards through the padded inputs without cutting the padding off first",
                        "dU = Σ x_{t+T-n}ᵀ δ_t in place of Σ x_tᵀ δ_t",
                        VanillaOperation.plainGradient(new UnclippedInputs()))
                .seenIn("https://github.com/Theano/Theano/pull/166"));
        mistakes.add(mistake(
                "ignores-upstream-of-the-last-state",
                "ignores the upstream gradient of the last states",
                "dlast taken as 0",
                Twist.input(right, "dlast", Twist.zero())));
        return mistakes;
    }

    private enum Slip {
        RUNS_ON,
        LAST_OF_ALL,
        REPEATED
    }

    private record Unpadded(Slip slip) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Answer<R> right = LAYER.of(q);
            Tensor<R> all = new Tanh(VanillaRnn.LAYER).of(q).output("h");
            int T = all.size(0);
            return switch (slip) {
                case RUNS_ON -> right.and("h", all).and("last", all.slice(T - 1));
                case LAST_OF_ALL -> right.and("last", right.output("h").slice(T - 1));
                case REPEATED -> right.and("h", repeated(q.tensor("lengths"), right));
            };
        }

        private static <R extends Real<R>> Tensor<R> repeated(Tensor<R> lengths, Answer<R> right) {
            Tensor<R> h = right.output("h");
            Tensor<R> last = right.output("last");
            return Tensor.of(
                    h.arithmetic(),
                    h.shape(),
                    i -> Ragged.isPadding(h, lengths, i) ? last.at(i % last.size()) : h.at(i));
        }
    }

    private record OtherLengths(int more) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            int T = q.tensor("x").size(0);
            Tensor<R> lengths = q.tensor("lengths").map(n -> {
                double other = Math.max(1, Math.min(T, n.doubleValue() + more));
                return n.arithmetic().of(other);
            });
            return LAYER.of(q.with("lengths", lengths));
        }
    }

    /**
     * The right values; what U gets of the gradient is paired with x_{t+T−n}. Twice as many features do that: those of x_t with
     * U held constant, and those of x_{t+T−n}, which are multiplied by U − U.
     */
    private record UnclippedInputs() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Tensor<R> x = q.tensor("x");
            Tensor<R> U = q.tensor("U");
            int features = x.size(2);
            int T = x.size(0);
            Tensor<R> both = Tensor.of(q.arithmetic(), new int[] {T, x.size(1), 2 * features}, i -> {
                int feature = i % (2 * features);
                int k = i / (2 * features) % x.size(1);
                int t = i / (2 * features) / x.size(1);
                int n = (int) q.tensor("lengths").at(k).doubleValue();
                return feature < features
                        ? x.get(t, k, feature)
                        : x.get(Math.min(T - 1, t + T - n), k, feature - features)
                                .detach();
            });
            Tensor<R> nothing = U.minus(U.map(R::detach));
            Tensor<R> twice = Tensor.of(
                    q.arithmetic(),
                    new int[] {2 * features, U.size(1)},
                    i -> i < U.size() ? U.at(i).detach() : nothing.at(i - U.size()));
            return LAYER.of(q.with("x", both).with("U", twice));
        }
    }
}
