package org.goldgrad.properties.nd4j;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One group of parameters in an optimizer's question, with the settings that it has for itself. */
public record Group(Inputs inputs, int index) {
    public double setting(String name) {
        return inputs.array(name).at(index);
    }

    /** The group's row of groups×parameters; of what has one number for each group, that number for every parameter. */
    public INDArray row(String name) {
        Array array = inputs.array(name);
        return array.shape().length == 1
                ? Nd4j.valueArrayOf(new long[] {size()}, array.at(index), DataType.DOUBLE)
                : row(array, index);
    }

    /**
     * ∂f/∂θ at step t, counted from 0, from the row of g: of the objective of optimization.nesterov, a quadratic one, at the
     * present parameters.
     */
    public INDArray gradient(int t, INDArray parameters) {
        INDArray g = row(inputs.array("g"), t * groups(inputs) + index);
        return inputs.arrays().containsKey("curvature")
                ? row("curvature").mul(parameters).add(g)
                : g;
    }

    /** How its weight_decay enters, or nothing where it has none. */
    public String decay() {
        return inputs.arrays().containsKey("weight_decay")
                ? inputs.conventions().getOrDefault("decay", "decoupled")
                : "";
    }

    public static List<Group> all(Inputs inputs) {
        return IntStream.range(0, groups(inputs))
                .mapToObj(i -> new Group(inputs, i))
                .toList();
    }

    /** As ND4J counts: from 0, or from where the question resumes. */
    public static int iteration(Inputs inputs, int t) {
        return inputs.arrays().containsKey("t0") ? t + (int) inputs.scalar("t0") : t;
    }

    public int size() {
        return size(inputs);
    }

    /** Parameters in a group. */
    public static int size(Inputs inputs) {
        return inputs.array("theta0").size(1);
    }

    public static int groups(Inputs inputs) {
        return inputs.array("theta0").size(0);
    }

    public static int steps(Inputs inputs) {
        return inputs.array("g").size(0);
    }

    private INDArray row(Array array, int row) {
        return Nd4jArrays.of(Array.vector(Arrays.copyOfRange(array.elements(), row * size(), (row + 1) * size())));
    }
}
