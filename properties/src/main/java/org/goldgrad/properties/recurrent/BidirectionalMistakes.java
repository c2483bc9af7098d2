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
import org.goldgrad.analytic.recurrent.Backwards;
import org.goldgrad.analytic.recurrent.Bidirectional;
import org.goldgrad.analytic.recurrent.Ragged;
import org.goldgrad.analytic.recurrent.Unrolling;
import org.goldgrad.analytic.recurrent.VariableLength;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Twist;

/** What goes wrong in bidirectional layers: mostly the alignment of the direction that runs backwards. */
final class BidirectionalMistakes {
    private static final List<String> INPUTS = List.of("x", "hf0", "hb0", "Uf", "Ub", "Wf", "Wb", "bf", "bb");
    private static final Bidirectional LAYER = Bidirectional.LAYER;

    private BidirectionalMistakes() {}

    static List<Mistake> ofLayer() {
        return of(UnaryOperator.identity());
    }

    static List<Mistake> ofGradient() {
        Gradient right = gradient(LAYER);
        List<Mistake> mistakes = new ArrayList<>(of(BidirectionalMistakes::gradient));
        mistakes.addAll(GradientMistakes.of(right, List.of("Uf", "Ub", "Wf", "Wb", "bf", "bb")));
        for (Mistake mistake : TimeMistakes.backward(unrolling -> gradient(backwards(unrolling)))) {
            boolean missing = mistake.id().equals("first-step-missing");
            mistakes.add(missing ? mistake.seenIn("https://github.com/mlpack/mlpack/pull/1742") : mistake);
        }
        mistakes.addAll(List.of(
                mistake(
                                "input-gradient-of-one-direction",
                                "overwrites the input gradient of one direction by that of the other",
                                "dx of the direction forwards is lost",
                                gradient(new Bidirectional(new InputDetached(LAYER.forwards()), LAYER.backwards())))
                        .seenIn("https://github.com/apache/mxnet/pull/18203"),
                mistake(
                        "ignores-upstream-of-the-merger",
                        "ignores the upstream gradient of the merged output",
                        "dmerged taken as 0",
                        Twist.input(right, "dmerged", Twist.zero())),
                mistake(
                        "forgets-the-backward-state",
                        "gives no gradient to the state from which the direction backwards starts",
                        "dhb0 = 0",
                        Twist.output(right, "dhb0", Twist.zero()))));
        return mistakes;
    }

    /** The layer's mistakes, each made by a definition derived from the wrong layer. */
    private static List<Mistake> of(UnaryOperator<Definition> from) {
        return List.of(
                mistake(
                                "backward-outputs-not-reversed",
                                "merges the outputs of the direction backwards in the order in which they were computed",
                                "hb_{n+1-t} in place of hb_t",
                                from.apply(new Bidirectional(LAYER.forwards(), new ProcessingOrder())))
                        .seenIn("https://github.com/keras-team/keras/issues/1431"),
                mistake(
                        "backward-inputs-not-reversed",
                        "runs both directions forwards",
                        "hb_t = φ(x_t Ub + hb_{t-1} Wb + bb)",
                        from.apply(new Bidirectional(LAYER.forwards(), VariableLength.LAYER))),
                mistake(
                        "backward-starts-in-the-padding",
                        "starts the direction backwards at the end of the padding",
                        "hb_{T+1} = hb0 in place of hb_{n+1} = hb0",
                        from.apply(new Bidirectional(LAYER.forwards(), new FromPadding()))),
                mistake(
                        "lengths-ignored",
                        "runs through the padding in both directions",
                        "n = T",
                        from.apply(new Unpadded())),
                mistake(
                        "directions-swapped",
                        "gives each direction the weights of the other",
                        "Uf, Wf, bf and Ub, Wb, bb exchanged",
                        from.apply(new Swapped())),
                mistake(
                        "one-recurrent-matrix-for-both",
                        "gives both directions the recurrent weights of one",
                        "Wf in place of Wb",
                        from.apply(new Shared("Wf", "Wb"))),
                mistake(
                        "one-state-for-both",
                        "starts both directions from the same state",
                        "hf0 in place of hb0",
                        from.apply(new Shared("hf0", "hb0"))),
                mistake(
                        "backward-starts-from-the-forward-end",
                        "starts the direction backwards where the one forwards ended",
                        "hf_n in place of hb0",
                        from.apply(new Continued())),
                mistake(
                        "batch-first",
                        "reads time×batch as batch×time",
                        "element tB + k of x taken for step t of sequence k of time×batch with the axes exchanged",
                        from.apply(Twist.input(LAYER, "x", Twist.leadingAxesSwapped()))),
                mistake(
                        "no-backward-bias",
                        "leaves out the bias of the direction backwards",
                        "bb = 0",
                        from.apply(Twist.input(LAYER, "bb", Twist.zero()))));
    }

    private static Gradient gradient(Definition layer) {
        return new Gradient(layer, INPUTS);
    }

    /** The direction backwards unrolled in another way. */
    private static Bidirectional backwards(Unrolling unrolling) {
        return new Bidirectional(
                LAYER.forwards(), new Backwards(new VariableLength(VanillaMistakes.unrolled(unrolling))));
    }

    private record ProcessingOrder() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            return Backwards.LAYER.of(q).changing("h", h -> Ragged.reversed(h, q.tensor("lengths")));
        }
    }

    /** Every sequence as long as the longest could be. */
    private static <R extends Real<R>> Question<R> unpadded(Question<R> q) {
        R T = q.arithmetic().of(q.tensor("x").size(0));
        return q.with("lengths", q.tensor("lengths").map(n -> T));
    }

    private record Unpadded() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            return LAYER.of(unpadded(q));
        }
    }

    /** The direction backwards through the padding, whose own outputs are then set to 0. */
    private record FromPadding() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Tensor<R> lengths = q.tensor("lengths");
            Tensor<R> all = Backwards.LAYER.of(unpadded(q)).output("h");
            Tensor<R> h = Tensor.of(
                    q.arithmetic(),
                    all.shape(),
                    i -> Ragged.isPadding(all, lengths, i) ? q.arithmetic().zero() : all.at(i));
            return Answer.of("h", h);
        }
    }

    /** The weights of the two directions exchanged, but not the states that they start from. */
    private record Swapped() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Question<R> swapped = q;
            for (String name : List.of("U", "W", "b")) {
                swapped = swapped.with(name + "f", q.tensor(name + "b")).with(name + "b", q.tensor(name + "f"));
            }
            return LAYER.of(swapped);
        }
    }

    /** One array in place of another. */
    private record Shared(String used, String forgotten) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            return LAYER.of(q.with(forgotten, q.tensor(used)));
        }
    }

    private record Continued() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Tensor<R> last =
                    LAYER.forwards().of(Bidirectional.direction(q, "f")).output("last");
            return LAYER.of(q.with("hb0", last));
        }
    }

    /** A layer that takes its inputs for constants. */
    private record InputDetached(Definition layer) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            return layer.of(q.with("x", q.tensor("x").map(R::detach)));
        }
    }
}
