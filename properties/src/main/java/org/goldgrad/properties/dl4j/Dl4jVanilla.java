package org.goldgrad.properties.dl4j;

import java.util.Locale;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.operation.Reply;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The vanilla recurrent layer: SimpleRnn, as a whole and in windows of truncated backpropagation. */
final class Dl4jVanilla {
    private Dl4jVanilla() {}

    static Activation activation(Inputs inputs) {
        return Activation.valueOf(inputs.convention("nonlinearity").toUpperCase(Locale.ROOT));
    }

    static Reply layer(Inputs inputs) {
        INDArray h = Rnn.forward(activation(inputs), inputs).run(Sequences.of(inputs.array("x")));
        return new Reply.Answered(Outputs.of("h", Sequences.copy(h)));
    }

    /** Γ_t, all that the loss gets through h_t, is dh_t and what step t + 1 carries back. */
    static Reply layerGradient(Inputs inputs) {
        Rnn rnn = Rnn.of(activation(inputs), inputs);
        INDArray h = rnn.activate(Sequences.of(inputs.array("x")), inputs.array("h0"));
        INDArray Gamma = Sequences.of(inputs.array("dh"));
        Rnn.Gradients gradients = rnn.backprop(Gamma);
        for (long t = 1; t < h.size(2); t++) {
            Sequences.add(Gamma, t - 1, Sequences.step(gradients.carried(), t));
        }
        return new Reply.Answered(gradients.outputs().and("Gamma", Sequences.copy(Gamma)));
    }

    /** By SimpleRnn's own truncated backpropagation, each window from the state that the one before it left. */
    static Reply truncated(Inputs inputs) {
        return new Reply.Answered(Rnn.of(Activation.TANH, inputs)
                .windows(
                        Sequences.of(inputs.array("x")),
                        inputs.array("h0"),
                        Sequences.of(inputs.array("dh")),
                        inputs.integer("window"))
                .outputs());
    }
}
