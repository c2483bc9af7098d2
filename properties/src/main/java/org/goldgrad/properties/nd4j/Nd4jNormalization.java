package org.goldgrad.properties.nd4j;

import static org.goldgrad.properties.nd4j.Nd4jArrays.copy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.operation.Reply;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/** Normalization: the operations layer_norm and moments. */
final class Nd4jNormalization {
    private static final Reply NO_EPSILON =
            new Reply.Declined("ND4J's layer_norm has no epsilon, so it answers only where eps = 0.");

    /** Of [−2,−1,0,1,2] by its first entry: variance says −1, moments −0.80000001, right is −0.8. */
    private static final Reply WRONG_VARIANCE =
            new Reply.Declined("ND4J's gradient of a variance over n divides by n − 1, or rounds 2/n to a float.");

    private static final int FEATURES = 2;

    private static final Graphs GRADIENTS = new Graphs();

    private Nd4jNormalization() {}

    static Reply layerNorm(Inputs inputs) {
        if (inputs.scalar("eps") != 0) {
            return NO_EPSILON;
        }
        INDArray x = Nd4jArrays.of(inputs.array("x"));
        INDArray[] y = Nd4jArrays.run(DynamicCustomOp.builder("layer_norm")
                .addInputs(x, Nd4jArrays.of(inputs.array("gamma")), Nd4jArrays.of(inputs.array("beta")))
                .addIntegerArguments(FEATURES)
                .addBooleanArguments(false)); // channels are last
        INDArray[] moments = Nd4jArrays.run(DynamicCustomOp.builder("moments")
                .addInputs(x)
                .addIntegerArguments(FEATURES)
                .addBooleanArguments(false)); // no axis of length 1 is kept
        return new Reply.Answered(
                Outputs.of("y", copy(y[0])).and("mean", copy(moments[0])).and("variance", copy(moments[1])));
    }

    /** As far as the gradient by y and the mean go, which SameDiff adds up; layer_norm_bp takes only that by y. */
    static Reply layerNormGradient(Inputs inputs) {
        if (inputs.scalar("eps") != 0) {
            return NO_EPSILON;
        }
        if (Arrays.stream(inputs.array("dvariance").elements()).anyMatch(d -> d != 0)) {
            return WRONG_VARIANCE;
        }
        Map<String, INDArray> placeholders = new HashMap<>();
        for (String name : List.of("x", "gamma", "beta", "dy", "dmean")) {
            placeholders.put(name, Nd4jArrays.of(inputs.array(name)));
        }
        Graph.Values values = gradient(inputs.array("x").shape()).run(placeholders);
        return new Reply.Answered(Outputs.of("dx", values.gradient("x"))
                .and("dgamma", values.gradient("gamma"))
                .and("dbeta", values.gradient("beta")));
    }

    private static Graph gradient(int[] shape) {
        return GRADIENTS.of(Arrays.stream(shape).boxed().toList(), () -> differentiated(shape));
    }

    /** ⟨dy, y⟩ + ⟨dmean, mean⟩ with its gradient. */
    private static Graph differentiated(int[] shape) {
        SameDiff graph = SameDiff.create();
        SDVariable x = graph.placeHolder("x", DataType.DOUBLE, shape[0], shape[1], shape[2]);
        SDVariable gamma = graph.placeHolder("gamma", DataType.DOUBLE, shape[2]);
        SDVariable beta = graph.placeHolder("beta", DataType.DOUBLE, shape[2]);
        SDVariable dy = graph.placeHolder("dy", DataType.DOUBLE, shape[0], shape[1], shape[2]);
        SDVariable dmean = graph.placeHolder("dmean", DataType.DOUBLE, shape[0], shape[1]);
        graph.nn().layerNorm(x, gamma, beta, false, FEATURES).mul(dy).sum().markAsLoss();
        x.mean(FEATURES).mul(dmean).sum().markAsLoss();
        return Graph.of(graph, List.of(), List.of("x", "gamma", "beta"));
    }
}
