package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Claim.refuted;

import java.util.LinkedHashMap;
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

    /** Axes longer than a vector register, none of them equal. */
    private static final Map<String, Integer> WIDE = Map.of("time", 7, "batch", 5, "features", 9, "hidden", 6);

    /** Where loops over time run once: a framework's gradient of unstack failed there (tensorflow/tfjs#8255). */
    private static final Map<String, Integer> ONE_STEP = Map.of("time", 1, "batch", 2, "features", 4, "hidden", 3);

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
                            SequenceClaims.causality(() -> LstmOperation.OPERATION)),
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
            .example("five sequences of seven steps through a wide layer", WIDE)
            .example("one step", ONE_STEP)
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
                                    + "grows geometrically backwards in time (lstm-flow-explodes)",
                            LstmClaims::neverExplodes))
            .example("five sequences of seven steps through a wide layer", WIDE)
            .example("one step", ONE_STEP)
            .exampleByDefault("fifty steps", VanillaOperation.FIFTY_STEPS)
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

    static org.goldgrad.reference.recurrent.Lstm layer(Inputs in) {
        int features = in.array("U").size(0);
        int hidden = in.array("W").size(0);
        return org.goldgrad.reference.recurrent.Lstm.of(
                Ejml.matrix(in.array("U"), features, 4 * hidden),
                Ejml.matrix(in.array("W"), hidden, 4 * hidden),
                Ejml.matrix(in.array("b"), 1, 4 * hidden),
                GATE_ORDER.of(in, GateOrder.class));
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
        return ByInput.of(in)
                .and("x", d.dx())
                .and("h0", d.dh0())
                .and("c0", d.dc0())
                .and("U", d.dU())
                .and("W", d.dW())
                .and("b", d.db())
                .outputs();
    }
}
