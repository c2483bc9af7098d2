package org.goldgrad.properties.nd4j;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.goldgrad.analytic.definition.Array;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.api.OutAndGrad;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A SameDiff graph, with or without its gradient, for any values of its placeholders. A name in it must be given only
 * once: placeHolder takes a name that an operation's result already has, and the two are mixed up without a word.
 */
final class Graph {
    private final SameDiff graph;
    private final List<String> outputs;
    private final List<String> gradients;

    private Graph(SameDiff graph, List<String> outputs, List<String> gradients) {
        this.graph = graph;
        this.outputs = List.copyOf(outputs);
        this.gradients = List.copyOf(gradients);
    }

    /** A graph to be run forwards only. */
    static Graph of(SameDiff graph, List<String> outputs) {
        return new Graph(graph, outputs, List.of());
    }

    /** Differentiates the sum of a graph's losses, which takes SameDiff longer than all else. */
    static Graph of(SameDiff graph, List<String> outputs, List<String> gradients) {
        return Silence.during(() -> {
            graph.createGradFunction(gradients.toArray(String[]::new));
            return new Graph(graph, outputs, gradients);
        });
    }

    /** The placeholders with their types. */
    Map<String, DataType> placeholders() {
        return graph.variables().stream()
                .filter(SDVariable::isPlaceHolder)
                .collect(Collectors.toMap(SDVariable::name, SDVariable::dataType));
    }

    synchronized Values run(Map<String, INDArray> placeholders) {
        if (gradients.isEmpty()) {
            return new Values(graph.output(placeholders, outputs), Map.of());
        }
        OutAndGrad result = graph.calculateGradientsAndOutputs(placeholders, outputs, gradients);
        return new Values(result.getOutputs(), result.getGradients());
    }

    /** What one run gave, by name. */
    record Values(Map<String, INDArray> outputs, Map<String, INDArray> gradients) {
        Array output(String name) {
            return Nd4jArrays.copy(Objects.requireNonNull(outputs.get(name), () -> "SameDiff gave no " + name));
        }

        Array gradient(String name) {
            return Nd4jArrays.copy(gradientArray(name));
        }

        INDArray gradientArray(String name) {
            return Objects.requireNonNull(gradients.get(name), () -> "SameDiff gave no gradient by " + name);
        }
    }
}
