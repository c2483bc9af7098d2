package org.goldgrad.libtorch;

import java.util.List;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** One of libtorch's recurrent layers of one state: rnn_tanh, rnn_relu, gru. */
@FunctionalInterface
interface Layer {
    boolean BIASES = true;
    boolean TRAIN = true;
    boolean BIDIRECTIONAL = true;
    boolean BATCH_FIRST = true;

    /** As libtorch has it. */
    T_TensorTensor_T run(
            Tensor x,
            Tensor h0,
            TensorVector parameters,
            boolean biases,
            long layers,
            double dropout,
            boolean train,
            boolean bidirectional,
            boolean batchFirst);

    /**
     * Layers of the kind on top of each other.
     *
     * @param x time×batch×features
     * @param h0 layers×batch×hidden
     */
    default States run(Tensor x, Tensor h0, List<Parameters> layers) {
        return States.of(
                run(x, h0, Parameters.vector(layers), BIASES, layers.size(), 0, !TRAIN, !BIDIRECTIONAL, !BATCH_FIRST));
    }

    /**
     * What layers make of a sequence.
     *
     * @param h time×batch×hidden of the topmost; 2·hidden where it runs both ways, forwards first
     * @param last layers×batch×hidden
     */
    record States(Tensor h, Tensor last) {
        static States of(T_TensorTensor_T out) {
            return new States(out.get0(), out.get1());
        }
    }
}
