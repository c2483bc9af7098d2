package org.goldgrad.properties.nd4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.definition.Inputs;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A SameDiff graph while a definition is written down in it: inputs become placeholders of any sizes, and what it
 * computes is named as in the operation. Only the numbers of steps and layers, and what conventions say, are fixed.
 */
final class Net {
    private final SameDiff graph = SameDiff.create();
    private final Inputs like;
    private final Map<String, SDVariable> outputs = new LinkedHashMap<>();

    private final List<SDVariable> losses = new ArrayList<>();

    /** For all questions that have the structure of this one. */
    Net(Inputs like) {
        this.like = like;
    }

    SameDiff graph() {
        return graph;
    }

    Inputs like() {
        return like;
    }

    /** An input. */
    SDVariable input(String name) {
        return placeholder(name, DataType.DOUBLE);
    }

    /** An input of integers, such as lengths or labels. */
    SDVariable integers(String name) {
        return placeholder(name, DataType.INT32);
    }

    private SDVariable placeholder(String name, DataType type) {
        long[] anySizes = new long[like.array(name).rank()];
        Arrays.fill(anySizes, -1);
        return graph.placeHolder(name, type, anySizes);
    }

    /** An input's parts along its first axis: its steps, or its layers. */
    List<SDVariable> parts(String name) {
        return unstack(input(name), 0, like.array(name).size(0));
    }

    /** Parts along an axis. (Slices have wrong gradients in M2.1 where a size is 1.) */
    List<SDVariable> unstack(SDVariable variable, int axis, int count) {
        return List.of(graph.unstack(variable, axis, count));
    }

    /** The convention nonlinearity. */
    SDVariable nonlinearity(SDVariable a) {
        return switch (like.convention("nonlinearity")) {
            case "identity" -> graph.identity(a);
            case "relu" -> graph.nn().relu(a, 0);
            case "sigmoid" -> graph.nn().sigmoid(a);
            case "tanh" -> graph.math().tanh(a);
            default -> throw new IllegalArgumentException("nonlinearity=" + like.convention("nonlinearity"));
        };
    }

    /** x W + b. (The layer nn().linear says the same, but cannot be differentiated in M2.1 where the batch is 1.) */
    static SDVariable linear(SDVariable x, SDVariable W, SDVariable b) {
        return x.mmul(W).add(b);
    }

    /** Names a result. */
    void output(String name, SDVariable variable) {
        outputs.put(name, graph.identity(nameOfOutput(name), variable));
    }

    /** What is differentiated as it is. */
    void loss(SDVariable variable) {
        losses.add(variable);
    }

    /** Names what all steps computed, one above the other. */
    void output(String name, List<SDVariable> steps) {
        output(name, stack(steps));
    }

    SDVariable stack(List<SDVariable> steps) {
        return graph.stack(0, steps.toArray(SDVariable[]::new));
    }

    /** What a step computed, to be used in its place, by which a whole gradient may be asked for. */
    SDVariable node(String name, int step, SDVariable variable) {
        return graph.identity(nameOfNode(name, step), variable);
    }

    static String nameOfOutput(String name) {
        return "output " + name;
    }

    static String nameOfNode(String name, int step) {
        return name + " of step " + step;
    }

    /** The graph, to be run forwards. */
    Graph forwards() {
        return Graph.of(graph, outputs.values().stream().map(SDVariable::name).toList());
    }

    /**
     * The graph with the gradient of Σ ⟨dy, y⟩ over the outputs y whose upstream gradient dy is among the inputs.
     *
     * @param by inputs and nodes
     */
    Graph backwards(List<String> by) {
        outputs.forEach((name, y) -> {
            String upstream = "d" + name;
            if (like.arrays().containsKey(upstream)) {
                SDVariable product = y.mul(input(upstream));
                loss(like.array(upstream).rank() == 0 ? product : product.sum());
            }
        });
        graph.setLossVariables(losses.toArray(SDVariable[]::new));
        return Graph.of(graph, List.of(), by);
    }
}
