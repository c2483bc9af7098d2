package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Claim.refuted;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.recurrent.Lstm;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.reference.recurrent.GateOrder;
import org.goldgrad.reference.recurrent.LstmGradient;

/** {@code recurrent.lstm} and {@code recurrent.lstm.gradient}: long short-term memory. */
public final class LstmOperation {
    private static final String SOURCE = "EECS 182 (Fall 2023), homework 8, question 2(h)";

    /** Which gate stands where in the packed weights. */
    static final Convention GATE_ORDER = new Convention(
            "gate_order",
            "Order of the gates in packed weights",
            orders(),
            "ONNX LSTM-22 documentation; https://github.com/pytorch/pytorch/issues/750; WebNN tests; "
                    + "https://github.com/CrispStrobe/CrispASR/pull/106");

    /** The declaration of the layer. */
    public static final Operation OPERATION = Operation.named("recurrent.lstm", "LSTM layer")
            .formula("""
                    i, f, o = sigmoid(x_t U^• + h_{t-1} W^• + b^•)      g = tanh(x_t U^g + h_{t-1} W^g + b^g)
                    C_t = f ⊙ C_{t-1} + i ⊙ g      h_t = tanh(C_t) ⊙ o      c = C_T
                    the axis of length 4 of U, W and b holds the gates in the order of the convention gate_order""")
            .source(SOURCE + "; Hochreiter and Schmidhuber 1997; Gers et al. 2000")
            .input("x", "time,batch,features", Domain.REAL)
            .input("h0", "batch,hidden", Domain.REAL)
            .input("c0", "batch,hidden", Domain.REAL)
            .input("U", "features,4,hidden", Domain.REAL)
            .input("W", "hidden,4,hidden", Domain.REAL)
            .input("b", "4,hidden", Domain.REAL)
            .intermediate("i", "time,batch,hidden")
            .intermediate("f", "time,batch,hidden")
            .intermediate("g", "time,batch,hidden")
            .intermediate("o", "time,batch,hidden")
            .intermediate("C", "time,batch,hidden")
            .output("h", "time,batch,hidden")
            .output("c", "batch,hidden")
            .size("time", 1, 5)
            .size("batch", 1, 3)
            .size("hidden", 1, 3)
            .convention(GATE_ORDER)
            .definition(Lstm.LAYER)
            .reference(LstmOperation::refer)
            .mistakes(LstmMistakes.ofLayer())
            .claims(
                    holds(
                            "tanh-bounded",
                            "every |h_t| ≤ 1, and h_t is never NaN while the pre-activations are finite",
                            SOURCE,
                            LstmClaims::bounded),
                    holds(
                            "causality",
                            "the layer on a prefix of x gives the prefix of h; changing x_s changes no h_t with t < s",
                            SOURCE,
                            LstmClaims::causality),
                    holds(
                            "batch-independence",
                            "each sequence of a batch gives the same result as alone; permuting the batch permutes it",
                            SOURCE,
                            LstmClaims::batchIndependence),
                    holds(
                            "lstm-carousel",
                            "W = 0: ∂C_T/∂C_0 = diag(Π f_t); and f = 1, i = 0 pass the cell state unchanged",
                            SOURCE,
                            LstmClaims::carousel))
            .example("five sequences of seven steps through a wide layer", Wide.inputs())
            .example("one step", Wide.oneStep())
            .declare();

    /** The declaration of its gradient. */
    public static final Operation GRADIENT = OPERATION
            .gradient("x", "h0", "c0", "U", "W", "b")
            .reference(LstmOperation::referGradient)
            .mistakes(LstmMistakes.ofGradient())
            .claims(
                    holds(
                            "lstm-cell-decomposition",
                            "∂L/∂C_{T-1} = ∂L/∂h_T (∂h_T/∂C_T ∂C_T/∂C_{T-1} + ∂h_T/∂h_{T-1} ∂h_{T-1}/∂C_{T-1}), with the "
                                    + "direct path ∂C_T/∂C_{T-1} = diag(f_T)",
                            SOURCE,
                            LstmClaims::cellDecomposition),
                    refuted(
                            "lstm-never-explodes",
                            "‖∂L/∂h_0‖ ≤ ‖∂L/∂h_T‖: LSTM gradients do not grow backwards in time",
                            "folklore; " + SOURCE,
                            "the cell path is bounded by Π f_t ≤ 1, the path through h is not: with a large W the gradient "
                                    + "grows geometrically backwards in time",
                            LstmClaims::neverExplodes))
            .example(
                    "five sequences of seven steps through a wide layer",
                    Wide.inputs().with("dh", Wide.array(31, 7, 5, 6)).with("dc", Wide.array(37, 5, 6)))
            .example(
                    "one step",
                    Wide.oneStep().with("dh", Wide.array(31, 1, 2, 3)).with("dc", Wide.array(37, 2, 3)))
            .declare();

    private LstmOperation() {}

    private static Map<String, String> orders() {
        Map<String, String> orders = new LinkedHashMap<>();
        orders.put("ifgo", "input, forget, candidate, output: PyTorch, Keras");
        orders.put("ifog", "input, forget, output, candidate");
        orders.put("iofg", "input, output, forget, candidate: ONNX, WebNN by default");
        orders.put("gfoi", "candidate, forget, output, input");
        return orders;
    }

    private static org.goldgrad.reference.recurrent.Lstm layer(Inputs in) {
        int features = in.array("U").size(0);
        int hidden = in.array("W").size(0);
        return org.goldgrad.reference.recurrent.Lstm.of(
                Ejml.matrix(in.array("U"), features, 4 * hidden),
                Ejml.matrix(in.array("W"), hidden, 4 * hidden),
                Ejml.matrix(in.array("b"), 1, 4 * hidden),
                GateOrder.valueOf(in.convention("gate_order").toUpperCase(Locale.ROOT)));
    }

    private static Outputs refer(Inputs in) {
        var out =
                layer(in).forward(Ejml.slices(in.array("x")), Ejml.matrix(in.array("h0")), Ejml.matrix(in.array("c0")));
        Array h0 = in.array("h0");
        return Outputs.of("h", Ejml.array(out.h(), in.array("x").size(0), h0.size(0), h0.size(1)))
                .and("c", Ejml.array(out.c(), h0.shape()));
    }

    private static Outputs referGradient(Inputs in) {
        LstmGradient d = LstmGradient.of(
                layer(in),
                Ejml.slices(in.array("x")),
                Ejml.matrix(in.array("h0")),
                Ejml.matrix(in.array("c0")),
                Ejml.slices(in.array("dh")),
                Ejml.matrix(in.array("dc")));
        return Outputs.of("dx", Ejml.array(d.dx(), in.array("x").shape()))
                .and("dh0", Ejml.array(d.dh0(), in.array("h0").shape()))
                .and("dc0", Ejml.array(d.dc0(), in.array("c0").shape()))
                .and("dU", Ejml.array(d.dU(), in.array("U").shape()))
                .and("dW", Ejml.array(d.dW(), in.array("W").shape()))
                .and("db", Ejml.array(d.db(), in.array("b").shape()));
    }

    /** A layer with axes longer than a vector register, none of them equal, filled with tidy numbers. */
    private static final class Wide {
        static Inputs inputs() {
            return Inputs.empty()
                    .with("x", array(3, 7, 5, 9))
                    .with("h0", array(5, 5, 6))
                    .with("c0", array(7, 5, 6))
                    .with("U", array(11, 9, 4, 6))
                    .with("W", array(13, 6, 4, 6))
                    .with("b", array(17, 4, 6));
        }

        /** Where loops over time run once: a framework's gradient of unstack failed there (tensorflow/tfjs#8255). */
        static Inputs oneStep() {
            return Inputs.empty()
                    .with("x", array(3, 1, 2, 4))
                    .with("h0", array(5, 2, 3))
                    .with("c0", array(7, 2, 3))
                    .with("U", array(11, 4, 4, 3))
                    .with("W", array(13, 3, 4, 3))
                    .with("b", array(17, 4, 3));
        }

        /** Multiples of 1/16 in [−1, 1] that walk around a circle of 33 in steps of a size coprime to it. */
        static Array array(int step, int... shape) {
            int size = java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b);
            double[] elements = new double[size];
            for (int i = 0; i < size; i++) {
                elements[i] = ((long) step * i * i + i + step) % 33 / 16.0 - 1;
            }
            return Array.of(shape, elements);
        }
    }
}
