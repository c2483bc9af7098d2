package org.goldgrad.properties.nd4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.operation.Reply;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp.DynamicCustomOpsBuilder;
import org.nd4j.linalg.learning.SgdUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;

/** Clipping: the operations clipbynorm, clip_by_global_norm and clipbyvalue. */
final class Nd4jClipping {
    private Nd4jClipping() {}

    static Reply byNorm(Inputs inputs) {
        double limit = inputs.scalar("limit");
        List<INDArray> g = rows(inputs.array("g"));
        List<INDArray> clipped = inputs.convention("scope").equals("global")
                ? byGlobalNorm(g, limit)
                : g.stream().map(tensor -> byNorm(tensor, limit)).toList();
        return new Reply.Answered(Outputs.of("clipped", stacked(clipped)));
    }

    /** clip_by_global_norm has no gradient, neither in native code nor in SameDiff. */
    static Reply byNormGradient(Inputs inputs) {
        if (inputs.convention("scope").equals("global")) {
            return new Reply.Declined("ND4J has no gradient of clip_by_global_norm.");
        }
        BinaryOperator<INDArray> gradient = (g, dclipped) -> Nd4jArrays.run(
                operation("clipbynorm_bp", inputs.scalar("limit")).addInputs(g, dclipped))[0];
        List<INDArray> g = rows(inputs.array("g"));
        List<INDArray> dclipped = rows(inputs.array("dclipped"));
        return new Reply.Answered(Outputs.of(
                "dg",
                stacked(IntStream.range(0, g.size())
                        .mapToObj(i -> gradient.apply(g.get(i), dclipped.get(i)))
                        .toList())));
    }

    static Reply byValue(Inputs inputs) {
        double limit = inputs.scalar("limit");
        INDArray[] clipped =
                Nd4jArrays.run(operation("clipbyvalue", -limit, limit).addInputs(Nd4jArrays.of(inputs.array("g"))));
        return new Reply.Answered(Outputs.of("clipped", Nd4jArrays.copy(clipped[0])));
    }

    /** The nearest point of a ball is the point clipped. */
    static Reply toBall(Inputs inputs) {
        INDArray projected = byNorm(Nd4jArrays.of(inputs.array("W")), inputs.scalar("radius"));
        return new Reply.Answered(Outputs.of("projected", Nd4jArrays.copy(projected)));
    }

    /** A loop as users write it: clip_by_global_norm, L2 before or after it, SgdUpdater, and clipbynorm of what it has moved. */
    static Reply descent(Inputs inputs) {
        List<INDArray> theta = rows(inputs.array("theta0"));
        List<INDArray> g = rows(inputs.array("g"));
        SgdUpdater updater = new SgdUpdater(new Sgd(inputs.scalar("lr")));
        List<INDArray> allClipped = new ArrayList<>();
        List<INDArray> allTheta = new ArrayList<>();
        for (int t = 0; t < inputs.array("g").size(0); t++) {
            List<INDArray> gradients = g.subList(t * theta.size(), (t + 1) * theta.size()).stream()
                    .map(gradient -> gradient.div(inputs.scalar("scale")))
                    .toList();
            if (inputs.convention("decay").equals("before")) {
                decay(inputs, theta, gradients);
            }
            List<INDArray> clipped = byGlobalNorm(gradients, inputs.scalar("limit"));
            clipped.forEach(tensor -> allClipped.add(tensor.dup()));
            if (inputs.convention("decay").equals("after")) {
                decay(inputs, theta, clipped);
            }
            for (int i = 0; i < theta.size(); i++) {
                updater.applyUpdater(clipped.get(i), t, 0);
                theta.set(i, byNorm(theta.get(i).sub(clipped.get(i)), inputs.scalar("radius")));
            }
            allTheta.addAll(theta);
        }
        return new Reply.Answered(
                Outputs.of("clipped", shaped(inputs, allClipped)).and("theta", shaped(inputs, allTheta)));
    }

    private static void decay(Inputs inputs, List<INDArray> theta, List<INDArray> gradients) {
        L2Regularization l2 = new L2Regularization(inputs.scalar("weight_decay"));
        for (int i = 0; i < theta.size(); i++) {
            l2.apply(theta.get(i), gradients.get(i), inputs.scalar("lr"), 0, 0);
        }
    }

    /** The last of its outputs is the norm. */
    private static List<INDArray> byGlobalNorm(List<INDArray> tensors, double limit) {
        INDArray[] clipped =
                Nd4jArrays.run(operation("clip_by_global_norm", limit).addInputs(tensors.toArray(new INDArray[0])));
        return Arrays.asList(clipped).subList(0, tensors.size());
    }

    /** It gives a matrix for a vector. */
    private static INDArray byNorm(INDArray tensor, double limit) {
        return Nd4jArrays.run(operation("clipbynorm", limit).addInputs(tensor))[0].reshape(tensor.shape());
    }

    private static DynamicCustomOpsBuilder operation(String name, double... settings) {
        return DynamicCustomOp.builder(name)
                .addFloatingPointArguments(Arrays.stream(settings).boxed().toArray(Double[]::new));
    }

    /** The innermost rows. */
    private static List<INDArray> rows(Array array) {
        int size = array.size(array.shape().length - 1);
        List<INDArray> rows = new ArrayList<>();
        for (int from = 0; from < array.size(); from += size) {
            rows.add(Nd4jArrays.of(Array.vector(Arrays.copyOfRange(array.elements(), from, from + size))));
        }
        return rows;
    }

    private static Array stacked(List<INDArray> rows) {
        return Nd4jArrays.stacked(rows.toArray(new INDArray[0]));
    }

    /** As g is. */
    private static Array shaped(Inputs inputs, List<INDArray> rows) {
        return Array.of(inputs.array("g").shape(), stacked(rows).elements());
    }
}
