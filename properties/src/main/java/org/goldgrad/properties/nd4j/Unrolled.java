package org.goldgrad.properties.nd4j;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.operation.Reply;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A definition as SameDiff's users write it, unrolled over its steps from ND4J's own layers, products and activations,
 * and differentiated by SameDiff. One graph serves all questions of one structure, however large their arrays.
 *
 * @param structure the sizes on which the graph depends, as it does on conventions and integers
 */
record Unrolled(
        Consumer<Net> definition, Function<Inputs, List<Integer>> structure, Graphs forwards, Graphs backwards) {
    private static final Reply NUMBERS =
            new Reply.Declined("ND4J's gradient of a product fails where both of its matrices are 1×1.");

    /** A definition whose graph has a part for everything along the first axis of these inputs. */
    static Unrolled over(List<String> inputs, Consumer<Net> definition) {
        return new Unrolled(
                definition,
                question -> inputs.stream()
                        .map(name -> question.array(name).size(0))
                        .toList(),
                new Graphs(),
                new Graphs());
    }

    /** The outputs of these names. */
    Function<Inputs, Reply> giving(String... names) {
        return inputs -> {
            Graph graph =
                    forwards.of(key(inputs, List.of()), () -> drawn(inputs).forwards());
            Graph.Values values = graph.run(placeholders(graph, inputs));
            Map<String, Array> outputs = new LinkedHashMap<>();
            for (String name : names) {
                outputs.put(name, values.output(Net.nameOfOutput(name)));
            }
            return new Reply.Answered(new Outputs(outputs));
        };
    }

    /** The gradients by these inputs, dx by x. */
    Function<Inputs, Reply> differentiatedBy(String... names) {
        return inputs -> differentiated(inputs, List.of(names), values -> gradients(values, names));
    }

    /** The gradients by these inputs and, as the total named, by what each of the question's steps computed. */
    Function<Inputs, Reply> differentiatedWith(String total, String node, String... names) {
        return inputs -> {
            List<String> nodes = nodes(node, inputs.array("x").size(0));
            List<String> by =
                    Stream.concat(Arrays.stream(names), nodes.stream()).toList();
            return differentiated(
                    inputs,
                    by,
                    values -> gradients(values, names)
                            .and(
                                    total,
                                    Nd4jArrays.stacked(nodes.stream()
                                            .map(values::gradientArray)
                                            .toArray(INDArray[]::new))));
        };
    }

    /** What follows from the gradients by these inputs and nodes. */
    Reply differentiated(Inputs inputs, List<String> by, Function<Graph.Values, Outputs> outputs) {
        if (multipliesNumbers(inputs)) {
            return NUMBERS;
        }
        Graph graph = backwards.of(key(inputs, by), () -> drawn(inputs).backwards(by));
        return new Reply.Answered(outputs.apply(graph.run(placeholders(graph, inputs))));
    }

    /** Whether all of some product's sizes are 1: a state by weights, or the factors of a matrix of low rank. */
    private static boolean multipliesNumbers(Inputs inputs) {
        Map<String, Array> arrays = inputs.arrays();
        int batch = arrays.containsKey("x")
                ? inputs.array("x").size(1)
                : inputs.array("h0").size(0);
        Array weights = Stream.of("W", "Wf", "R")
                .flatMap(name -> Stream.ofNullable(arrays.get(name)))
                .findFirst()
                .orElseThrow();
        int hidden = weights.size(weights.rank() - 1);
        boolean oneFactor = arrays.containsKey("P") && inputs.array("P").size() == 1;
        return hidden == 1 && (batch == 1 || oneFactor);
    }

    static List<String> nodes(String name, int steps) {
        return IntStream.rangeClosed(1, steps)
                .mapToObj(t -> Net.nameOfNode(name, t))
                .toList();
    }

    private static Outputs gradients(Graph.Values values, String... names) {
        Map<String, Array> gradients = new LinkedHashMap<>();
        for (String name : names) {
            gradients.put("d" + name, values.gradient(name));
        }
        return new Outputs(gradients);
    }

    private Net drawn(Inputs inputs) {
        Net net = new Net(inputs);
        definition.accept(net);
        return net;
    }

    private List<Object> key(Inputs inputs, List<String> by) {
        return List.of(structure.apply(inputs), inputs.integers(), inputs.conventions(), by);
    }

    private static Map<String, INDArray> placeholders(Graph graph, Inputs inputs) {
        Map<String, INDArray> arrays = new HashMap<>();
        graph.placeholders().forEach((name, type) -> {
            INDArray array = Nd4jArrays.of(inputs.array(name));
            arrays.put(name, type == DataType.DOUBLE ? array : array.castTo(type));
        });
        return arrays;
    }
}
