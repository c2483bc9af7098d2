package org.goldgrad.properties.dl4j;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.nd4j.Nd4jArrays;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * SimpleRnn with a gradient of its initial state, which it does not have itself: its backward pass always starts at a
 * state of 0. So the state comes in with the input of the first step, through weights equal to the recurrent ones.
 *
 * <pre>
 *   x'_1 = [x_1, h_0]   x'_t = [x_t, 0]   U' = [U; W]     so that   x'_1 U' + 0 W = x_1 U + h_0 W
 *   dh_0 is the gradient of what is beside x_1, and dW = that of W + that of the lower part of U'
 * </pre>
 */
final class Rnn {
    private final int features;
    private final int hidden;
    private final Part part;

    private Rnn(int features, int hidden, Part part) {
        this.features = features;
        this.hidden = hidden;
        this.part = part;
    }

    /** @param inputs U, W and b among them */
    static Rnn of(Activation activation, Inputs inputs) {
        return of(activation, inputs, layer -> layer);
    }

    /** @param wrapped the layer in one that does something else with its output */
    static Rnn of(Activation activation, Inputs inputs, UnaryOperator<Layer> wrapped) {
        INDArray U = Nd4jArrays.of(inputs.array("U"));
        INDArray W = Nd4jArrays.of(inputs.array("W"));
        int features = inputs.array("U").size(0);
        int hidden = inputs.array("U").size(1);
        Part part = Part.of(wrapped.apply(description(activation, features + hidden, hidden)))
                .with("W", Sequences.below(U, W))
                .with("RW", W)
                .with("b", Nd4jArrays.of(inputs.array("b")));
        return new Rnn(features, hidden, part);
    }

    static SimpleRnn description(Activation activation, int features, int hidden) {
        return new SimpleRnn.Builder()
                .nIn(features)
                .nOut(hidden)
                .activation(activation)
                .build();
    }

    /** SimpleRnn itself, from a state that it is given; it has no backward pass from there. */
    static Part forward(Activation activation, Inputs inputs) {
        Array U = inputs.array("U");
        return Part.of(description(activation, U.size(0), U.size(1)))
                .with("W", Nd4jArrays.of(U))
                .with("RW", Nd4jArrays.of(inputs.array("W")))
                .with("b", Nd4jArrays.of(inputs.array("b")))
                .from(Map.of("prevAct", Nd4jArrays.of(inputs.array("h0"))));
    }

    Rnn masked(INDArray mask) {
        part.masked(mask);
        return this;
    }

    INDArray activate(INDArray x, Array h0) {
        return part.activate(withState(x, h0));
    }

    Gradients backprop(INDArray epsilon) {
        return new Gradients(part.backprop(epsilon));
    }

    /** Truncated backpropagation: forward and backward window by window. */
    Gradients windows(INDArray x, Array h0, INDArray epsilon, int window) {
        INDArray input = withState(x, h0);
        INDArray dinput = input.like();
        for (long from = 0; from < x.size(2); from += window) {
            long to = Math.min(from + window, x.size(2));
            part.activateWindow(Sequences.steps(input, from, to));
            INDArray gradient = part.backpropWindow(Sequences.steps(epsilon, from, to));
            for (long t = from; t < to; t++) {
                Sequences.add(dinput, t, Sequences.step(gradient, t - from));
            }
        }
        return new Gradients(dinput);
    }

    private INDArray withState(INDArray x, Array h0) {
        INDArray state = Sequences.zeros(x.size(0), hidden, x.size(2));
        Sequences.add(state, 0, Nd4jArrays.of(h0));
        return Sequences.beside(x, state);
    }

    /** Of everything that went in, after backward passes. */
    final class Gradients {
        private final INDArray dinput;

        private Gradients(INDArray dinput) {
            this.dinput = dinput;
        }

        /** What the loss gets through a step's input and the state before it: of step t through h_{t-1}. */
        INDArray carried() {
            return Sequences.part(dinput, features, features + hidden);
        }

        INDArray dx() {
            return Sequences.part(dinput, 0, features);
        }

        Map<String, INDArray> named() {
            INDArray dinputs = part.gradient("W");
            Map<String, INDArray> named = new LinkedHashMap<>();
            named.put("dx", dx().permute(2, 0, 1));
            named.put("dh0", Sequences.step(carried(), 0));
            named.put("dU", Sequences.rows(dinputs, 0, features));
            named.put("dW", part.gradient("RW").add(Sequences.rows(dinputs, features, features + hidden)));
            named.put("db", part.gradient("b").reshape(hidden));
            return named;
        }

        Outputs outputs() {
            return Rnn.outputs(named());
        }
    }

    static Outputs outputs(Map<String, INDArray> named) {
        Map<String, Array> arrays = new LinkedHashMap<>();
        named.forEach((name, array) -> arrays.put(name, Nd4jArrays.copy(array)));
        return new Outputs(arrays);
    }
}
