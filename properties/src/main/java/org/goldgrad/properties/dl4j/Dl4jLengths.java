package org.goldgrad.properties.dl4j;

import java.util.Map;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.nd4j.Nd4jArrays;
import org.goldgrad.properties.operation.Reply;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sequences of different lengths: SimpleRnn with a mask, once for all its output, and once in LastTimeStep, which picks
 * the last step of each sequence.
 */
final class Dl4jLengths {
    private final Rnn all;
    private final Rnn ends;
    private final INDArray h;
    private final INDArray last;

    private Dl4jLengths(Inputs inputs) {
        INDArray x = Sequences.of(inputs.array("x"));
        INDArray mask = Sequences.mask(inputs.array("lengths"), x.size(2));
        all = Rnn.of(Activation.TANH, inputs).masked(mask);
        ends = Rnn.of(Activation.TANH, inputs, LastTimeStep::new).masked(mask);
        h = all.activate(x, inputs.array("h0"));
        last = ends.activate(x, inputs.array("h0"));
    }

    static Reply layer(Inputs inputs) {
        Dl4jLengths layer = new Dl4jLengths(inputs);
        return new Reply.Answered(Outputs.of("h", Sequences.copy(layer.h)).and("last", Nd4jArrays.copy(layer.last)));
    }

    /** The gradients through all steps and those through the last ones add up. */
    static Reply layerGradient(Inputs inputs) {
        Dl4jLengths layer = new Dl4jLengths(inputs);
        Map<String, INDArray> named =
                layer.all.backprop(Sequences.of(inputs.array("dh"))).named();
        layer.ends
                .backprop(Nd4jArrays.of(inputs.array("dlast")))
                .named()
                .forEach((name, gradient) -> named.merge(name, gradient, INDArray::add));
        return new Reply.Answered(Rnn.outputs(named));
    }
}
