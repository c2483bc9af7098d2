package org.goldgrad.properties.dl4j;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.stepfunctions.NegativeGradientStepFunction;
import org.goldgrad.properties.nd4j.Nd4jArrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.GradientUpdater;

/**
 * Deeplearning4j's iteration over a network of layers without biases, whose gradients come from outside: MultiLayerUpdater
 * clips, decays and scales them, the step subtracts them, and constraints follow. Arrays of a layer are vectors, views.
 */
final class Training {
    private final MultiLayerNetwork network;
    private final BaseMultiLayerUpdater<?> updater;
    private final int[] sizes;
    private final int[] offsets;

    private Training(MultiLayerNetwork network, int... sizes) {
        this.network = network;
        this.updater = (MultiLayerUpdater) network.getUpdater();
        this.sizes = sizes;
        offsets = new int[sizes.length];
        for (int i = 1; i < sizes.length; i++) {
            offsets[i] = offsets[i - 1] + sizes[i - 1];
        }
    }

    static DenseLayer.Builder layer(int inputs, int outputs) {
        Nd4jArrays.start();
        return new DenseLayer.Builder().nIn(inputs).nOut(outputs).hasBias(false);
    }

    static Training of(List<DenseLayer> layers) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list(layers.toArray(new DenseLayer[0]))
                .overrideNinUponBuild(false);
        MultiLayerNetwork network = new MultiLayerNetwork(list.build());
        network.init();
        return new Training(
                network,
                layers.stream()
                        .mapToInt(layer -> Math.toIntExact(layer.getNIn() * layer.getNOut()))
                        .toArray());
    }

    /** Weights are in column-major order. */
    INDArray parameters(int layer) {
        return part(network.params(), offsets[layer], sizes[layer]);
    }

    /** What is written here before an update is the gradient, what is read here afterwards the update. */
    INDArray gradient(int layer) {
        return part(network.getFlattenedGradients(), offsets[layer], sizes[layer]);
    }

    /** By the updater's names; those of a block are as long as all its layers together. */
    Map<String, INDArray> states(int layer) {
        Map<String, INDArray> states = new HashMap<>();
        for (UpdaterBlock block : updater.getUpdaterBlocks()) {
            int offset = offsets[layer] - block.getParamOffsetStart();
            if (offset >= 0 && offsets[layer] < block.getParamOffsetEnd()) {
                GradientUpdater<?> one = block.getGradientUpdater();
                one.getState().forEach((name, state) -> states.put(name, part(state, offset, sizes[layer])));
            }
        }
        return states;
    }

    /** @param iteration counted from 0 */
    void step(int iteration) {
        INDArray all = network.getFlattenedGradients();
        Gradient gradient = new DefaultGradient(all);
        for (int i = 0; i < sizes.length; i++) {
            gradient.setGradientFor(i + "_W", gradient(i).reshape(sizes[i], 1));
        }
        int epoch = 0;
        int batch = 1;
        updater.update(gradient, iteration, epoch, batch, LayerWorkspaceMgr.noWorkspaces());
        new NegativeGradientStepFunction().step(network.params(), all.reshape(all.length()));
        network.applyConstraints(iteration, epoch);
    }

    private static INDArray part(INDArray all, int from, int size) {
        return all.reshape(all.length()).get(NDArrayIndex.interval(from, from + size));
    }
}
