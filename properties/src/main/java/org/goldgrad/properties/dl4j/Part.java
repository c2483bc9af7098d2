package org.goldgrad.properties.dl4j;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.properties.nd4j.Nd4jArrays;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A layer of Deeplearning4j with parameters of its own, called as its networks call it. Sequences are
 * batch×size×time. Gradients of parameters add up over the calls of a backward pass, as they do for a user who
 * accumulates them.
 */
final class Part {
    private static final LayerWorkspaceMgr WORKSPACES = LayerWorkspaceMgr.noWorkspaces();
    private static final boolean TRAINING = true;

    private final Layer layer;
    private final Map<String, INDArray> gradients = new LinkedHashMap<>();

    private Part(Layer layer) {
        this.layer = layer;
    }

    /** The layer that a configuration describes; its parameters are 0. */
    static Part of(org.deeplearning4j.nn.conf.layers.Layer description) {
        Nd4jArrays.start();
        NeuralNetConfiguration configuration = new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .layer(description)
                .build();
        long size = description.initializer().numParams(configuration);
        if (size == 0) {
            INDArray none = null;
            return new Part(description.instantiate(configuration, List.of(), 0, none, false, DataType.DOUBLE));
        }
        INDArray parameters = Nd4j.zeros(DataType.DOUBLE, size);
        Layer layer = description.instantiate(configuration, List.of(), 0, parameters, false, DataType.DOUBLE);
        layer.setBackpropGradientsViewArray(parameters.like());
        return new Part(layer);
    }

    /** @param name Deeplearning4j's: W for weights on the input, RW for those on the state, b */
    Part with(String name, INDArray values) {
        INDArray parameter = layer.getParam(name);
        parameter.assign(values.reshape(parameter.shape()));
        return this;
    }

    /** @param mask batch×time, 0 where a sequence has ended */
    Part masked(INDArray mask) {
        layer.setMaskArray(mask);
        return this;
    }

    Part labelled(INDArray labels) {
        ((IOutputLayer) layer).setLabels(labels);
        return this;
    }

    INDArray activate(INDArray input) {
        layer.setInputMiniBatchSize(Math.toIntExact(input.size(0)));
        return layer.activate(input.dup(), TRAINING, WORKSPACES);
    }

    /** The loss of an output layer for what it was given last, a mean over the batch. */
    double score() {
        return ((IOutputLayer) layer).computeScore(0, TRAINING, WORKSPACES);
    }

    /** What the loss gets through the input that was given last. */
    INDArray backprop(INDArray epsilon) {
        return taken(layer.backpropGradient(epsilon.dup(), WORKSPACES));
    }

    /** That of an output layer, where a backward pass begins. */
    INDArray backprop() {
        return taken(layer.backpropGradient(null, WORKSPACES));
    }

    /** The state before the first step, by Deeplearning4j's names prevAct and prevMem. */
    Part from(Map<String, INDArray> state) {
        ((RecurrentLayer) layer).rnnSetPreviousState(state);
        return this;
    }

    /** Runs on from the state, which it leaves at the last step. */
    INDArray run(INDArray input) {
        return ((RecurrentLayer) layer).rnnTimeStep(input.dup(), WORKSPACES);
    }

    Map<String, INDArray> states() {
        return ((RecurrentLayer) layer).rnnGetPreviousState();
    }

    INDArray state(String name) {
        return Objects.requireNonNull(states().get(name), name);
    }

    /** One window of truncated backpropagation: forward from where the last one ended. */
    INDArray activateWindow(INDArray input) {
        return ((RecurrentLayer) layer).rnnActivateUsingStoredState(input.dup(), TRAINING, true, WORKSPACES);
    }

    /** And backward through the window that was given last. */
    INDArray backpropWindow(INDArray epsilon) {
        int steps = Math.toIntExact(epsilon.size(2));
        return taken(((RecurrentLayer) layer).tbpttBackpropGradient(epsilon.dup(), steps, WORKSPACES));
    }

    private INDArray taken(Pair<Gradient, INDArray> pair) {
        pair.getFirst()
                .gradientForVariable()
                .forEach((name, gradient) -> gradients.merge(name, gradient.dup(), INDArray::addi));
        return pair.getSecond().dup();
    }

    INDArray gradient(String name) {
        return Objects.requireNonNull(gradients.get(name), () -> "no gradient by " + name);
    }

    Array gradient(String name, Array shapedAs) {
        return Nd4jArrays.copy(gradient(name), shapedAs.shape());
    }
}
