package org.goldgrad.properties.nd4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.operation.Reply;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * GRU layers. gruCell resets before the product; the layer gru resets after it, and has no bias within the reset. The
 * gradients of both, gruCell_bp and gru_bp, are wrong in M2.1, so gradients are SameDiff's, of gates unrolled from ND4J's
 * products and activations, and so are the layers that neither can express.
 */
final class Nd4jGru {
    /** The blocks of gru's weights, and of gruCell's: reset, update, candidate. */
    static final String GATE_ORDER = "rzn";

    private static final int CANDIDATE = GATE_ORDER.indexOf('n');

    private static final Reply LAYER_OF_ONE =
            new Reply.Declined("ND4J's gru with one hidden unit and a batch above 1 corrupts memory.");
    private static final Reply CELL_OF_ONE =
            new Reply.Declined("ND4J's gruCell with one feature or one hidden unit throws or gives wrong states.");

    private static final Unrolled GATES = Unrolled.over(List.of("x"), Nd4jGru::gates);

    private Nd4jGru() {}

    static Reply layer(Inputs inputs) {
        boolean one = hidden(inputs) == 1;
        if (inputs.convention("reset").equals("before")) {
            return one || inputs.array("x").size(2) == 1 ? CELL_OF_ONE : answered(cells(inputs));
        }
        if (hasBiasWithinReset(inputs)) {
            return GATES.giving("h").apply(inputs);
        }
        return one && inputs.array("h0").size(0) > 1 ? LAYER_OF_ONE : answered(gru(inputs));
    }

    private static Reply answered(INDArray h) {
        return new Reply.Answered(Outputs.of("h", Nd4jArrays.copy(h)));
    }

    static Reply gradient(Inputs inputs) {
        return GATES.differentiatedBy("x", "h0", "U", "W", "b", "d").apply(inputs);
    }

    private static boolean hasBiasWithinReset(Inputs inputs) {
        return Arrays.stream(inputs.array("d").take(0, CANDIDATE).elements()).anyMatch(d -> d != 0);
    }

    private static int hidden(Inputs inputs) {
        return inputs.array("h0").size(1);
    }

    /** The layer gru: its weights are matrices of 3·hidden columns, and its two biases are one. */
    private static INDArray gru(Inputs inputs) {
        return Nd4jArrays.run(DynamicCustomOp.builder("gru")
                .addInputs(
                        Nd4jArrays.of(inputs.array("x")),
                        Nd4jArrays.of(inputs.array("h0")),
                        columns(inputs, "U"),
                        columns(inputs, "W"),
                        bias(inputs)))[0];
    }

    /** gruCell, step by step; it has the weights of x above those of h, and those of the candidate apart. */
    private static INDArray cells(Inputs inputs) {
        long hidden = hidden(inputs);
        INDArray weights = Nd4j.concat(0, columns(inputs, "U"), columns(inputs, "W"));
        INDArray bias = bias(inputs);
        INDArray x = Nd4jArrays.of(inputs.array("x"));
        INDArray h = Nd4jArrays.of(inputs.array("h0"));
        INDArray[] states = new INDArray[inputs.array("x").size(0)];
        for (int t = 0; t < states.length; t++) {
            h = Nd4jArrays.run(DynamicCustomOp.builder("gruCell")
                    .addInputs(
                            x.slice(t).dup('c'),
                            h,
                            block(weights, 0, 2 * hidden),
                            block(weights, 2 * hidden, 3 * hidden),
                            bias.get(NDArrayIndex.interval(0, 2 * hidden)).dup('c'),
                            bias.get(NDArrayIndex.interval(2 * hidden, 3 * hidden))
                                    .dup('c')))[3];
            states[t] = h;
        }
        return Nd4j.stack(0, states);
    }

    private static INDArray columns(Inputs inputs, String name) {
        Array gates = inputs.array(name);
        return Nd4jArrays.of(gates, gates.size(0), 3L * hidden(inputs));
    }

    private static INDArray bias(Inputs inputs) {
        long length = 3L * hidden(inputs);
        return Nd4jArrays.of(inputs.array("b"), length).add(Nd4jArrays.of(inputs.array("d"), length));
    }

    private static INDArray block(INDArray weights, long from, long to) {
        return weights.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to)).dup('c');
    }

    private static void gates(Net net) {
        Gates gates = Gates.of(net, net.input("U"), net.input("W"), net.input("b"));
        List<SDVariable> d = net.unstack(net.input("d"), 0, GATE_ORDER.length());
        boolean before = net.like().convention("reset").equals("before");
        SDVariable h = net.input("h0");
        List<SDVariable> states = new ArrayList<>();
        for (SDVariable xt : net.parts("x")) {
            SDVariable r = net.graph().nn().sigmoid(gates.at('r', xt, h).add(d.get(0)));
            SDVariable z = net.graph().nn().sigmoid(gates.at('z', xt, h).add(d.get(1)));
            SDVariable state = before
                    ? gates.recurrent('n', r.mul(h)).add(d.get(CANDIDATE))
                    : r.mul(gates.recurrent('n', h).add(d.get(CANDIDATE)));
            SDVariable n = net.graph().math().tanh(gates.input('n', xt).add(state));
            h = z.rsub(1).mul(n).add(z.mul(h));
            states.add(h);
        }
        net.output("h", states);
    }
}
