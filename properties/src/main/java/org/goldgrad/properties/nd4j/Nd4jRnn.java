package org.goldgrad.properties.nd4j;

import static org.goldgrad.properties.nd4j.Nd4jArrays.copy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.operation.Reply;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's own tanh layers: static_rnn, dynamic_rnn, which knows lengths, and dynamic_bidirectional_rnn. */
final class Nd4jRnn {
    private Nd4jRnn() {}

    /** By static_rnn, or unrolled, as it has no other nonlinearity than tanh. */
    static Reply vanilla(Inputs inputs) {
        if (!isTanh(inputs)) {
            return Nd4jVanilla.LAYER.giving("h").apply(inputs);
        }
        return new Reply.Answered(Outputs.of("h", copy(run(inputs)[0])));
    }

    static Reply stacked(Inputs inputs) {
        if (!isTanh(inputs)) {
            return Nd4jVanilla.STACKED.giving("h", "last0", "last").apply(inputs);
        }
        INDArray[] h = run(inputs);
        Outputs last0 = Outputs.of("last0", copy(h[1]));
        List<INDArray> last = new ArrayList<>();
        for (int l = 0; l < inputs.array("H0").size(0); l++) {
            h = run(
                    h[0],
                    part(inputs.array("UA"), l),
                    part(inputs.array("WA"), l),
                    part(inputs.array("B"), l),
                    part(inputs.array("H0"), l));
            last.add(h[1]);
        }
        return new Reply.Answered(
                last0.and("h", copy(h[0])).and("last", Nd4jArrays.stacked(last.toArray(INDArray[]::new))));
    }

    static Reply variableLength(Inputs inputs) {
        INDArray[] h = Nd4jArrays.run(DynamicCustomOp.builder("dynamic_rnn")
                .addInputs(
                        array(inputs, "x"),
                        array(inputs, "U"),
                        array(inputs, "W"),
                        biases(array(inputs, "b")),
                        array(inputs, "h0"),
                        lengths(inputs))
                .addIntegerArguments(1)); // time×batch×features
        return new Reply.Answered(Outputs.of("h", copy(h[0])).and("last", copy(h[1])));
    }

    static Reply bidirectional(Inputs inputs) {
        if (!isTanh(inputs)) {
            return Nd4jBidirectional.LAYER.giving("hf", "hb", "merged").apply(inputs);
        }
        INDArray[] h = Nd4jArrays.run(DynamicCustomOp.builder("dynamic_bidirectional_rnn")
                .addInputs(
                        array(inputs, "x"),
                        array(inputs, "Uf"),
                        array(inputs, "Wf"),
                        biases(array(inputs, "bf")),
                        array(inputs, "Ub"),
                        array(inputs, "Wb"),
                        biases(array(inputs, "bb")),
                        array(inputs, "hf0"),
                        array(inputs, "hb0"),
                        lengths(inputs))
                .addIntegerArguments(1)); // time×batch×features
        String merge = switch (inputs.convention("merge")) {
            case "sum" -> "mergeadd";
            case "mean" -> "mergeavg";
            default -> "multiply";
        };
        INDArray[] merged = Nd4jArrays.run(DynamicCustomOp.builder(merge).addInputs(h[0], h[1]));
        return new Reply.Answered(
                Outputs.of("hf", copy(h[0])).and("hb", copy(h[1])).and("merged", copy(merged[0])));
    }

    private static boolean isTanh(Inputs inputs) {
        return inputs.convention("nonlinearity").equals("tanh");
    }

    private static INDArray[] run(Inputs inputs) {
        return run(array(inputs, "x"), array(inputs, "U"), array(inputs, "W"), array(inputs, "b"), array(inputs, "h0"));
    }

    /** All states, and those at the end. */
    private static INDArray[] run(INDArray x, INDArray U, INDArray W, INDArray b, INDArray h0) {
        return Nd4jArrays.run(DynamicCustomOp.builder("static_rnn").addInputs(x, U, W, biases(b), h0));
    }

    /** ND4J's layers have a bias for the input and, after it, one for the state. */
    private static INDArray biases(INDArray b) {
        return Nd4j.concat(0, b, Nd4j.zerosLike(b));
    }

    private static INDArray lengths(Inputs inputs) {
        return array(inputs, "lengths").castTo(DataType.INT32);
    }

    private static INDArray array(Inputs inputs, String name) {
        return Nd4jArrays.of(inputs.array(name));
    }

    /** One of the arrays along the first axis. */
    private static INDArray part(Array array, int index) {
        int[] shape = array.shape();
        long[] rest = Arrays.stream(shape, 1, shape.length).asLongStream().toArray();
        return Nd4jArrays.of(array.take(0, index), rest);
    }
}
