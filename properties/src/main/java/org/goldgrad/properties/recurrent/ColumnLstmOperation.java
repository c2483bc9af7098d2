package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Claim.holds;

import java.util.LinkedHashMap;
import java.util.Map;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.recurrent.LstmInColumns;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.reference.recurrent.ColumnLstm;
import org.goldgrad.reference.recurrent.ColumnLstmGradient;
import org.goldgrad.reference.recurrent.ForgetBias;
import org.goldgrad.reference.recurrent.GateOrder;

/** {@code recurrent.lstm.columns} and its gradient: weights as PyTorch, cuDNN and ONNX keep them. */
public final class ColumnLstmOperation {
    private static final String SOURCE = "https://github.com/pytorch/pytorch/issues/750; ONNX LSTM-22 documentation";

    /** Where the forget bias is. */
    static final Convention FORGET_BIAS = new Convention(
            "forget_bias",
            "Place of the forget bias",
            places(),
            "https://github.com/Lasagne/Lasagne/issues/368; TensorFlow 1 rnn_cell; Jozefowicz et al. 2015");

    /** More features than a vector register holds, no two sizes equal. */
    private static final Map<String, Integer> WIDE = Map.of("time", 4, "batch", 3, "features", 9, "hidden", 5);

    /** The declaration of the layer. */
    public static final Operation OPERATION = Operation.named("recurrent.lstm.columns", "LSTM layer in columns")
            .formula("""
                    z^• = U^• x_t + b^• + W^• h_{t-1} + d^•      (+ 1 for • = f under forget_bias: added)
                    i, f, o = sigmoid(z^i), sigmoid(z^f), sigmoid(z^o)      g = tanh(z^g)
                    C_t = f ⊙ C_{t-1} + i ⊙ g      h_t = tanh(C_t) ⊙ o      c = C_T
                    the axis of length 4 of U, W, b and d holds the gates in the order of the convention gate_order""")
            .source(SOURCE)
            .input("x", "time,batch,features", Domain.REAL)
            .input("h0", "batch,hidden", Domain.REAL)
            .input("c0", "batch,hidden", Domain.REAL)
            .input("U", "4,hidden,features", Domain.REAL)
            .input("W", "4,hidden,hidden", Domain.REAL)
            .input("b", "4,hidden", Domain.REAL)
            .input("d", "4,hidden", Domain.REAL)
            .intermediate("i", "time,batch,hidden")
            .intermediate("f", "time,batch,hidden")
            .intermediate("g", "time,batch,hidden")
            .intermediate("o", "time,batch,hidden")
            .intermediate("C", "time,batch,hidden")
            .output("h", "time,batch,hidden")
            .output("c", "batch,hidden")
            .size("time", 1, 3)
            .size("batch", 1, 2)
            .size("features", 1, 3)
            .size("hidden", 1, 3)
            .convention(LstmOperation.GATE_ORDER)
            .convention(FORGET_BIAS)
            .definition(LstmInColumns.LAYER)
            .reference(ColumnLstmOperation::refer)
            .mistakes(ColumnLstmMistakes.ofLayer())
            .claims(
                    holds(
                            "lstm-columns-are-rows",
                            "d = 0, forget_bias: stored: recurrent.lstm with each U^• and W^• transposed gives the same",
                            SOURCE,
                            ColumnLstmClaims::rows),
                    holds(
                            "lstm-biases-exchange",
                            "exchanging b and d changes nothing: the layer sees their sum",
                            SOURCE,
                            ColumnLstmClaims::exchange),
                    holds(
                            "lstm-forget-bias-moves",
                            "forget_bias: added is forget_bias: stored with 1 more in the forget gate's bias",
                            "https://github.com/Lasagne/Lasagne/issues/368",
                            ColumnLstmClaims::forgetBias))
            .exampleByDefault("three sequences of four steps through a wide layer", WIDE)
            .declare();

    /** The declaration of its gradient. */
    public static final Operation GRADIENT = OPERATION
            .gradient("x", "h0", "c0", "U", "W", "b", "d")
            .reference(ColumnLstmOperation::referGradient)
            .mistakes(ColumnLstmMistakes.ofGradient())
            .claims(holds("lstm-biases-share-a-gradient", "db = dd", SOURCE, ColumnLstmClaims::sharedGradient))
            .exampleByDefault("three sequences of four steps through a wide layer", WIDE)
            .exampleByDefault("fifty steps", VanillaOperation.FIFTY_STEPS)
            .declare();

    private ColumnLstmOperation() {}

    private static Map<String, String> places() {
        Map<String, String> places = new LinkedHashMap<>();
        places.put("stored", "in the biases, if anywhere: PyTorch, Keras, ONNX");
        places.put("added", "1 is added at run time: TensorFlow 1 BasicLSTMCell by default");
        return places;
    }

    private static ColumnLstm layer(Inputs in) {
        int hidden = in.array("W").size(1);
        return ColumnLstm.of(
                Ejml.matrix(in.array("U"), 4 * hidden, in.array("U").size(2)),
                Ejml.matrix(in.array("W"), 4 * hidden, hidden),
                Ejml.row(in.array("b")),
                Ejml.row(in.array("d")),
                LstmOperation.GATE_ORDER.of(in, GateOrder.class),
                FORGET_BIAS.of(in, ForgetBias.class));
    }

    private static Outputs refer(Inputs in) {
        var out =
                layer(in).forward(Ejml.slices(in.array("x")), Ejml.matrix(in.array("h0")), Ejml.matrix(in.array("c0")));
        return Outputs.of("h", Ejml.array(out.h(), VanillaOperation.states(in)))
                .and("c", Ejml.array(out.c(), in.array("c0").shape()));
    }

    private static Outputs referGradient(Inputs in) {
        ColumnLstmGradient d = ColumnLstmGradient.of(
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
                .and("d", d.dd())
                .outputs();
    }
}
