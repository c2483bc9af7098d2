package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.recurrent.Ragged;
import org.goldgrad.analytic.recurrent.VanillaRnn;
import org.goldgrad.analytic.recurrent.VariableLength;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Twist;
import org.goldgrad.properties.operation.Whole;
import org.goldgrad.reference.recurrent.VariableLengthRnn;
import org.goldgrad.reference.recurrent.VariableLengthRnnGradient;

/** {@code recurrent.variable_length} and its gradient: padded sequences, each with a length of its own. */
public final class VariableLengthOperation {
    private static final String SOURCE = "https://github.com/keras-team/keras/issues/1300";

    /** The layer has no convention for its nonlinearity: it is tanh. */
    private static final Definition LAYER = new Tanh(VariableLength.LAYER);

    /** The declaration of the layer. */
    public static final Operation OPERATION = Operation.named(
                    "recurrent.variable_length", "Recurrent layer over sequences of different lengths")
            .formula("""
                    h_t = tanh(x_t U + h_{t-1} W + b) for t ≤ n, h_t = 0 for t > n      last = h_n
                    n is the sequence's entry in lengths; what x holds after it is padding""")
            .source(SOURCE)
            .input("x", "time,batch,features", Domain.REAL)
            .input("lengths", "batch", new Whole(1, "time", 0))
            .input("h0", "batch,hidden", Domain.REAL)
            .input("U", "features,hidden", Domain.REAL)
            .input("W", "hidden,hidden", Domain.REAL)
            .input("b", "hidden", Domain.REAL)
            .output("h", "time,batch,hidden")
            .output("last", "batch,hidden")
            .size("time", 1, 4)
            .size("batch", 1, 3)
            .size("features", 1, 2)
            .size("hidden", 1, 3)
            .definition(LAYER)
            .reference(VariableLengthOperation::refer)
            .mistakes(mistakes(UnaryOperator.identity()))
            .claims(
                    holds(
                            "padding-changes-nothing",
                            "whatever x holds after a sequence's end, h and last stay the same",
                            SOURCE,
                            VariableLengthClaims::padding),
                    holds(
                            "lengths-as-if-alone",
                            "each sequence gives what recurrent.vanilla gives for its first n steps alone, and last its h_n",
                            SOURCE,
                            VariableLengthClaims::alone))
            .example("three sequences of up to six steps through a wide layer", VanillaOperation.WIDE)
            .declare();

    /** The declaration of its gradient. */
    public static final Operation GRADIENT = OPERATION
            .gradient("x", "h0", "U", "W", "b")
            .reference(VariableLengthOperation::referGradient)
            .mistakes(gradientMistakes())
            .claims(
                    holds(
                            "padding-gets-no-gradient",
                            "dx is 0 after a sequence's end, and dh there changes nothing",
                            SOURCE,
                            VariableLengthClaims::paddingGradient),
                    holds(
                            "last-is-the-state-at-the-end",
                            "dlast has the same effect as if it were added to dh_n",
                            SOURCE,
                            VariableLengthClaims::lastAtEnd))
            .example("three sequences of up to six steps through a wide layer", VanillaOperation.WIDE)
            .declare();

    private VariableLengthOperation() {}

    private static VariableLengthRnn layer(Inputs in) {
        return VariableLengthRnn.of(Ejml.matrix(in.array("U")), Ejml.matrix(in.array("W")), Ejml.row(in.array("b")));
    }

    private static Outputs refer(Inputs in) {
        var out = layer(in)
                .forward(Ejml.slices(in.array("x")), Ejml.integers(in.array("lengths")), Ejml.matrix(in.array("h0")));
        return Outputs.of("h", Ejml.array(out.h(), VanillaOperation.states(in)))
                .and("last", Ejml.array(out.last(), in.array("h0").shape()));
    }

    private static Outputs referGradient(Inputs in) {
        VariableLengthRnnGradient d = VariableLengthRnnGradient.of(
                layer(in),
                Ejml.slices(in.array("x")),
                Ejml.integers(in.array("lengths")),
                Ejml.matrix(in.array("h0")),
                Ejml.slices(in.array("dh")),
                Ejml.matrix(in.array("dlast")));
        return ByInput.of(in)
                .and("x", d.dx())
                .and("h0", d.dh0())
                .and("U", d.dU())
                .and("W", d.dW())
                .and("b", d.db())
                .outputs();
    }

    /** The layer's mistakes, each made by a definition derived from the wrong layer. */
    private static List<Mistake> mistakes(UnaryOperator<Definition> from) {
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

    private static List<Mistake> gradientMistakes() {
        Gradient right = VanillaOperation.plainGradient(LAYER);
        List<Mistake> mistakes = new ArrayList<>(mistakes(VanillaOperation::plainGradient));
        mistakes.addAll(TimeMistakes.backward(unrolling ->
                VanillaOperation.plainGradient(new Tanh(new VariableLength(VanillaMistakes.unrolled(unrolling))))));
        mistakes.addAll(GradientMistakes.of(right, List.of("U", "W", "b")));
        mistakes.add(mistake(
                "ignores-upstream-of-the-last-state",
                "ignores the upstream gradient of the last states",
                "dlast taken as 0",
                Twist.input(right, "dlast", Twist.zero())));
        return mistakes;
    }

    /** A definition whose nonlinearity is not asked for. */
    record Tanh(Definition layer) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            return layer.of(q.withConvention("nonlinearity", "tanh"));
        }
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
}
