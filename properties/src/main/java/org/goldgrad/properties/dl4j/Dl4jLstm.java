package org.goldgrad.properties.dl4j;

import java.util.Map;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.nd4j.Nd4jArrays;
import org.goldgrad.properties.operation.Reply;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The LSTM layer, from any state; its gradients but for that of the initial cell state, which it does not give. */
final class Dl4jLstm {
    /**
     * The blocks of its weights. It calls them i, f, o, g: the first is "network input" and has the activation tanh, the
     * last is "input modulation gate" and has the gates' sigmoid.
     */
    static final String GATE_ORDER = "gfoi";

    private Dl4jLstm() {}

    static Reply layer(Inputs inputs) {
        Part part = part(inputs, 0);
        INDArray h = part.run(Sequences.of(inputs.array("x")));
        return new Reply.Answered(Outputs.of("h", Sequences.copy(h)).and("c", Nd4jArrays.copy(part.state("prevMem"))));
    }

    /** As rows; its one bias is the sum of the two, and nothing is added to the forget gate's at run time. */
    static Reply columns(Inputs inputs) {
        return layer(inputs.with("U", rows(inputs.array("U")))
                .with("W", rows(inputs.array("W")))
                .with("b", Nd4jArrays.copy(Nd4jArrays.of(inputs.array("b")).add(Nd4jArrays.of(inputs.array("d"))))));
    }

    private static Array rows(Array columns) {
        return Nd4jArrays.copy(Nd4jArrays.of(columns).permute(2, 0, 1));
    }

    /** Γ_t is what the linear layer gives back and what step t + 1 carries back. */
    static Reply gradientFlow(Inputs inputs) {
        WithCarried layer = new WithCarried(inputs);
        INDArray h = layer.activate(Sequences.of(inputs.array("x")));
        Regression regression = new Regression(inputs);
        regression.activate(h);
        INDArray Gamma = regression.backprop(
                1, Sequences.zeros(h.size(0), inputs.array("f").size(), h.size(2)));
        INDArray carried = layer.backprop(Gamma);
        double[] norms = new double[inputs.array("x").size(0)];
        for (int t = 0; t < norms.length; t++) {
            if (t + 1 < norms.length) {
                Sequences.add(Gamma, t, Sequences.step(carried, t + 1));
            }
            norms[t] = Sequences.step(Gamma, t).norm2Number().doubleValue();
        }
        return new Reply.Answered(Outputs.of("norms", Array.vector(norms)));
    }

    /**
     * An input of zeros beside each x_t whose weights are the recurrent ones changes nothing, and its gradient is what
     * step t carries back to h_{t-1}.
     */
    static final class WithCarried {
        private final Part part;
        private final int features;
        private final int hidden;

        WithCarried(Inputs inputs) {
            features = inputs.array("U").size(0);
            hidden = inputs.array("W").size(0);
            part = part(inputs, hidden);
        }

        INDArray activate(INDArray x) {
            INDArray zeros = Sequences.zeros(x.size(0), hidden, x.size(2));
            Map<String, INDArray> state = part.states();
            INDArray h = part.run(Sequences.beside(x, zeros));
            part.from(state);
            return h;
        }

        INDArray backprop(INDArray epsilon) {
            return Sequences.part(part.backpropWindow(epsilon), features, features + hidden);
        }
    }

    /** The layer at its initial states, with some more inputs of which each has the weights of one unit's state. */
    static Part part(Inputs inputs, int more) {
        INDArray U = matrix(inputs.array("U"));
        INDArray W = matrix(inputs.array("W"));
        return Part.of(new LSTM.Builder()
                        .nIn(U.size(0) + more)
                        .nOut(W.size(0))
                        .activation(Activation.TANH)
                        .build())
                .with("W", more == 0 ? U : Sequences.below(U, W))
                .with("RW", W)
                .with("b", Nd4jArrays.of(inputs.array("b")))
                .from(Map.of(
                        "prevAct", Nd4jArrays.of(inputs.array("h0")), "prevMem", Nd4jArrays.of(inputs.array("c0"))));
    }

    /** The four gates beside each other. */
    private static INDArray matrix(Array weights) {
        return Nd4jArrays.of(weights, weights.size(0), (long) weights.size(1) * weights.size(2));
    }
}
