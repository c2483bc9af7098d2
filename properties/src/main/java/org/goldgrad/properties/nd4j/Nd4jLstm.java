package org.goldgrad.properties.nd4j;

import static org.goldgrad.properties.nd4j.Nd4jArrays.copy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.operation.Reply;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** LSTM layers: lstmLayer and its gradient lstmLayer_bp, one or several, one upon the other. */
final class Nd4jLstm {
    /** The blocks of lstmLayer's weights: input, forget, candidate, output. */
    static final String GATE_ORDER = "ifgo";

    private static final Reply ONE_UNIT =
            new Reply.Declined("ND4J's lstmLayer with one hidden unit crashes the JVM or gives wrong gradients.");

    private Nd4jLstm() {}

    /** What lstmLayer takes beside its input: weights are matrices of 4·hidden columns. */
    private record Layer(INDArray U, INDArray W, INDArray b, INDArray h0, INDArray c0) {
        /** The layer itself. */
        static Layer of(Inputs inputs) {
            return of(inputs, hidden(inputs), "U", "W", "b", "h0", "c0");
        }

        /** The lowest layer of a stack and those above. */
        static List<Layer> stack(Inputs inputs) {
            List<Layer> layers = new ArrayList<>(List.of(of(inputs)));
            Inputs above = inputs;
            for (int l = 0; l < inputs.array("H0").size(0); l++) {
                for (String name : List.of("UA", "WA", "B", "H0", "C0")) {
                    above = above.with(name, inputs.array(name).take(0, l));
                }
                layers.add(of(above, hidden(inputs), "UA", "WA", "B", "H0", "C0"));
            }
            return layers;
        }

        /** Of weights in columns, which are transposed, and two biases, of which lstmLayer has one. */
        static Layer ofColumns(Inputs inputs) {
            int hidden = hidden(inputs);
            return new Layer(
                    columns(inputs.array("U")),
                    columns(inputs.array("W")),
                    Nd4jArrays.of(inputs.array("b"), 4L * hidden).add(Nd4jArrays.of(inputs.array("d"), 4L * hidden)),
                    Nd4jArrays.of(inputs.array("h0")),
                    Nd4jArrays.of(inputs.array("c0")));
        }

        private static INDArray columns(Array array) {
            return rows(array, array.size(2)).transpose().dup('c');
        }

        private static Layer of(Inputs inputs, int hidden, String U, String W, String b, String h0, String c0) {
            return new Layer(
                    rows(inputs.array(U), 4L * hidden),
                    rows(inputs.array(W), 4L * hidden),
                    Nd4jArrays.of(inputs.array(b), 4L * hidden),
                    rows(inputs.array(h0), hidden),
                    rows(inputs.array(c0), hidden));
        }

        private static INDArray rows(Array array, long length) {
            return Nd4jArrays.of(array, array.size() / length, length);
        }

        /** h of all steps and c of the last. */
        INDArray[] run(INDArray x) {
            return run("lstmLayer", x, U, W, b, h0, c0);
        }

        /** The gradients by x, U, W, b, h0 and c0. */
        INDArray[] gradient(INDArray x, INDArray dh, INDArray dc) {
            return run("lstmLayer_bp", x, U, W, b, h0, c0, dh, dc);
        }

        private static INDArray[] run(String name, INDArray... arguments) {
            return Nd4jArrays.run(DynamicCustomOp.builder(name)
                    .addInputs(arguments)
                    .addFloatingPointArguments(0.0) // the cell state is not clipped
                    .addIntegerArguments(0, 0, 2, 0, 0) // time×batch×features, forwards, sigmoid, tanh, tanh
                    .addBooleanArguments(true, false, true, true, false) // b, no lengths, h0, c0, no peepholes
                    .addBooleanArguments(true, false, true)); // all h, not the last h again, the last c
        }
    }

    static Reply layer(Inputs inputs) {
        return hidden(inputs) == 1 ? ONE_UNIT : answer(inputs, Layer.of(inputs));
    }

    static Reply columns(Inputs inputs) {
        return hidden(inputs) == 1 ? ONE_UNIT : answer(inputs, Layer.ofColumns(inputs));
    }

    private static Reply answer(Inputs inputs, Layer layer) {
        INDArray[] out = layer.run(Nd4jArrays.of(inputs.array("x")));
        return new Reply.Answered(Outputs.of("h", copy(out[0])).and("c", copy(out[1])));
    }

    static Reply gradient(Inputs inputs) {
        return hidden(inputs) == 1
                ? ONE_UNIT
                : new Reply.Answered(gradients(inputs, gradient(inputs, Layer.of(inputs))));
    }

    static Reply columnsGradient(Inputs inputs) {
        if (hidden(inputs) == 1) {
            return ONE_UNIT;
        }
        INDArray[] out = gradient(inputs, Layer.ofColumns(inputs));
        out[1] = out[1].transpose();
        out[2] = out[2].transpose();
        return new Reply.Answered(
                gradients(inputs, out).and("dd", copy(out[3], inputs.array("d").shape())));
    }

    private static INDArray[] gradient(Inputs inputs, Layer layer) {
        return layer.gradient(
                Nd4jArrays.of(inputs.array("x")), Nd4jArrays.of(inputs.array("dh")), Nd4jArrays.of(inputs.array("dc")));
    }

    static Reply stacked(Inputs inputs) {
        if (hidden(inputs) == 1) {
            return ONE_UNIT;
        }
        INDArray h = Nd4jArrays.of(inputs.array("x"));
        for (Layer layer : Layer.stack(inputs)) {
            h = layer.run(h)[0];
        }
        return new Reply.Answered(Outputs.of("h", copy(h)));
    }

    /** The gradient by a layer's input is the upstream gradient of the layer below. */
    static Reply stackedGradient(Inputs inputs) {
        if (hidden(inputs) == 1) {
            return ONE_UNIT;
        }
        List<Layer> layers = Layer.stack(inputs);
        List<INDArray> below = new ArrayList<>(List.of(Nd4jArrays.of(inputs.array("x"))));
        for (Layer layer : layers) {
            below.add(layer.run(below.get(below.size() - 1))[0]);
        }
        INDArray[][] out = new INDArray[layers.size()][];
        INDArray dh = Nd4jArrays.of(inputs.array("dh"));
        for (int l = layers.size() - 1; l >= 0; l--) {
            INDArray dc = Nd4j.zerosLike(layers.get(l).c0());
            out[l] = layers.get(l).gradient(below.get(l), dh, dc);
            dh = out[l][0];
        }
        INDArray[][] above = Arrays.copyOfRange(out, 1, out.length);
        return new Reply.Answered(gradients(inputs, out[0])
                .and("dUA", stacked(above, 1, inputs.array("UA")))
                .and("dWA", stacked(above, 2, inputs.array("WA")))
                .and("dB", stacked(above, 3, inputs.array("B")))
                .and("dH0", stacked(above, 4, inputs.array("H0")))
                .and("dC0", stacked(above, 5, inputs.array("C0"))));
    }

    private static Outputs gradients(Inputs inputs, INDArray... out) {
        return Outputs.of("dx", copy(out[0]))
                .and("dU", copy(out[1], inputs.array("U").shape()))
                .and("dW", copy(out[2], inputs.array("W").shape()))
                .and("db", copy(out[3], inputs.array("b").shape()))
                .and("dh0", copy(out[4]))
                .and("dc0", copy(out[5]));
    }

    private static Array stacked(INDArray[][] layers, int output, Array like) {
        INDArray[] parts = Arrays.stream(layers).map(layer -> layer[output]).toArray(INDArray[]::new);
        return copy(Nd4j.stack(0, parts), like.shape());
    }

    private static int hidden(Inputs inputs) {
        return inputs.array("h0").size(1);
    }
}
