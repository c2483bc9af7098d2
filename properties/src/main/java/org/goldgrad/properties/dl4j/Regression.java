package org.goldgrad.properties.dl4j;

import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.nd4j.Nd4jArrays;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A linear layer for every step and the mean squared error: TimeDistributed DenseLayer, then RnnLossLayer. Its score is
 * a mean over batch and outputs and a sum over the steps that its mask has; its gradient is a sum over the batch, too,
 * as dividing by the batch is the updater's.
 */
final class Regression {
    private final Part linear;
    private final Part loss;
    private final long steps;

    Regression(Inputs inputs) {
        linear = linear(inputs.array("F").size(0), inputs.array("F").size(1), true)
                .with("W", Nd4jArrays.of(inputs.array("F")))
                .with("b", Nd4jArrays.of(inputs.array("f")));
        INDArray z = Sequences.of(inputs.array("z"));
        loss = loss(LossFunction.MSE).labelled(z);
        boolean all = inputs.convention("targets").equals("all");
        steps = all ? z.size(2) : 1;
        if (!all) {
            INDArray mask = Nd4j.zeros(DataType.DOUBLE, z.size(0), z.size(2));
            mask.getColumn(z.size(2) - 1).assign(1);
            loss.masked(mask);
        }
    }

    static Part linear(int from, int to, boolean bias) {
        return Part.of(new TimeDistributed(
                new DenseLayer.Builder()
                        .nIn(from)
                        .nOut(to)
                        .hasBias(bias)
                        .activation(Activation.IDENTITY)
                        .build(),
                RNNFormat.NCW));
    }

    static Part loss(LossFunction function) {
        return Part.of(new RnnLossLayer.Builder(function)
                .activation(Activation.IDENTITY)
                .build());
    }

    INDArray activate(INDArray h) {
        INDArray prediction = linear.activate(h);
        loss.activate(prediction);
        return prediction;
    }

    double loss() {
        return loss.score() / steps;
    }

    /** dL/dh */
    INDArray backprop(double dloss, INDArray dprediction) {
        INDArray ofLoss = loss.backprop();
        return linear.backprop(ofLoss.mul(dloss / (steps * ofLoss.size(0))).add(dprediction));
    }

    Part linear() {
        return linear;
    }
}
