package org.goldgrad.properties.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.nd4j.Nd4jArrays;
import org.goldgrad.properties.operation.Reply;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Layers on top of each other: each is given what the one below it gives, and gives back what it gets. */
final class Dl4jStacked {
    /** The names of the lowest layer's arrays, and those of all others'. */
    private static final Map<String, String> ABOVE =
            Map.of("h0", "H0", "c0", "C0", "U", "UA", "W", "WA", "b", "B", "dlast0", "dlast");

    private Dl4jStacked() {}

    static Reply vanilla(Inputs inputs) {
        INDArray h = Sequences.of(inputs.array("x"));
        List<INDArray> last = new ArrayList<>();
        for (Inputs layer : layers(inputs)) {
            Part part = Rnn.forward(Dl4jVanilla.activation(inputs), layer);
            h = part.run(h);
            last.add(part.state("prevAct"));
        }
        return new Reply.Answered(Outputs.of("h", Sequences.copy(h))
                .and("last0", Nd4jArrays.copy(last.get(0)))
                .and("last", stack(last.subList(1, last.size()))));
    }

    static Reply vanillaGradient(Inputs inputs) {
        List<Inputs> layers = layers(inputs);
        List<Rnn> rnns = new ArrayList<>();
        INDArray h = Sequences.of(inputs.array("x"));
        for (Inputs layer : layers) {
            Rnn rnn = Rnn.of(Dl4jVanilla.activation(inputs), layer);
            h = rnn.activate(h, layer.array("h0"));
            rnns.add(rnn);
        }
        INDArray epsilon = Sequences.of(inputs.array("dh"));
        List<Map<String, INDArray>> gradients = new ArrayList<>();
        for (int i = layers.size() - 1; i >= 0; i--) {
            Sequences.add(
                    epsilon, epsilon.size(2) - 1, Nd4jArrays.of(layers.get(i).array("dlast0")));
            Rnn.Gradients gradient = rnns.get(i).backprop(epsilon);
            epsilon = gradient.dx();
            gradients.add(0, gradient.named());
        }
        Outputs outputs = Rnn.outputs(gradients.get(0));
        for (String name : List.of("h0", "U", "W", "b")) {
            List<INDArray> above = new ArrayList<>();
            gradients.subList(1, gradients.size()).forEach(named -> above.add(named.get("d" + name)));
            outputs = outputs.and("d" + ABOVE.get(name), stack(above));
        }
        return new Reply.Answered(outputs);
    }

    static Reply lstm(Inputs inputs) {
        INDArray h = Sequences.of(inputs.array("x"));
        for (Inputs layer : layers(inputs)) {
            h = Dl4jLstm.part(layer, 0).run(h);
        }
        return new Reply.Answered(Outputs.of("h", Sequences.copy(h)));
    }

    /** What belongs to each layer, the lowest first, by the names of a single layer's. */
    private static List<Inputs> layers(Inputs inputs) {
        List<Inputs> layers = new ArrayList<>(List.of(inputs));
        for (int i = 0; i < inputs.array("B").size(0); i++) {
            Inputs layer = Inputs.empty();
            for (Map.Entry<String, String> name : ABOVE.entrySet()) {
                if (inputs.arrays().containsKey(name.getValue())) {
                    layer = layer.with(name.getKey(), Sequences.take(inputs.array(name.getValue()), i));
                }
            }
            layers.add(layer);
        }
        return layers;
    }

    private static Array stack(List<INDArray> layers) {
        return Nd4jArrays.copy(Nd4j.stack(0, layers.toArray(INDArray[]::new)));
    }
}
