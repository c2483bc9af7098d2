package org.goldgrad.properties.nd4j;

import org.nd4j.autodiff.loss.LossReduce;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Losses: those of SameDiff, as far as M2.1 can differentiate them. Their gradients take no account of what comes after
 * the loss, be it a factor or a mean over the batch. Where a question has an upstream gradient of the loss, it is
 * therefore written down with squared differences or one-hot labels instead.
 */
final class Losses {
    private Losses() {}

    /** The mean of (prediction − label)². */
    static SDVariable meanSquaredError(Net net, SDVariable labels, SDVariable predictions) {
        return hasUpstream(net)
                ? net.graph().math().squaredDifference(predictions, labels).mean()
                : net.graph()
                        .loss()
                        .meanSquaredError(labels, predictions, null, LossReduce.MEAN_BY_NONZERO_WEIGHT_COUNT);
    }

    /** The sum of (prediction − label)². */
    static SDVariable squaredError(Net net, SDVariable labels, SDVariable predictions) {
        return hasUpstream(net)
                ? net.graph().math().squaredDifference(predictions, labels).sum()
                : net.graph().loss().meanSquaredError(labels, predictions, null, LossReduce.SUM);
    }

    /** The mean over the batch of −log p of each label, where logp = log softmax of the logits. */
    static SDVariable crossEntropy(Net net, SDVariable logits, SDVariable logp, SDVariable labels) {
        if (!hasUpstream(net)) {
            return net.graph().loss().sparseSoftmaxCrossEntropy(logits, labels).mean();
        }
        int classes = net.like().array("f").size();
        return logp.mul(net.graph().oneHot(labels, classes, 1, 1, 0, DataType.DOUBLE))
                .sum(1)
                .mean()
                .neg();
    }

    private static boolean hasUpstream(Net net) {
        return net.like().arrays().containsKey("dloss");
    }
}
