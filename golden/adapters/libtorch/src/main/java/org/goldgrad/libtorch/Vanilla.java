package org.goldgrad.libtorch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.PackedSequence;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.goldgrad.libtorch.Layer.States;

/**
 * Vanilla layers: libtorch's rnn_tanh and rnn_relu. It has none of other nonlinearities; these are its linear and its
 * nonlinearity, unrolled.
 */
final class Vanilla {
    private static final boolean SORTED = true;

    private Vanilla() {}

    /**
     * Layers on top of each other.
     *
     * @param x time×batch×features
     * @param h0 layers×batch×hidden
     */
    static States run(String nonlinearity, Tensor x, Tensor h0, List<Parameters> layers) {
        Layer tanh = torch::rnn_tanh;
        Layer relu = torch::rnn_relu;
        return switch (nonlinearity) {
            case "tanh" -> tanh.run(x, h0, layers);
            case "relu" -> relu.run(x, h0, layers);
            default -> unrolled(nonlinearity, x, h0, layers);
        };
    }

    /** One layer; h0 is batch×hidden. */
    static States run(String nonlinearity, Tensor x, Tensor h0, Parameters layer) {
        return run(nonlinearity, x, h0.unsqueeze(0), List.of(layer));
    }

    /** One layer with the x, h0, U, W and b of a question. */
    static States run(String nonlinearity, Question q) {
        return run(nonlinearity, q.tensor("x"), q.tensor("h0"), Parameters.of(q));
    }

    private static States unrolled(String nonlinearity, Tensor x, Tensor h0, List<Parameters> layers) {
        UnaryOperator<Tensor> phi = activation(nonlinearity);
        List<Tensor> last = new ArrayList<>();
        Tensor below = x;
        for (Parameters layer : layers) {
            Tensor inputs = linear(below, layer.inputWeights(), layer.inputBias());
            Tensor h = h0.select(0, last.size());
            List<Tensor> steps = new ArrayList<>();
            for (Tensor input : inputs.unbind().get()) {
                h = phi.apply(input.add(linear(h, layer.stateWeights(), layer.stateBias())));
                steps.add(h);
            }
            below = Tensors.stack(steps);
            last.add(h);
        }
        return new States(below, Tensors.stack(last));
    }

    /**
     * A layer of tanh over packed sequences, each as long as its length; one way or both.
     *
     * @param h0 batch×hidden for each way
     */
    static States packed(Tensor x, Tensor lengths, List<Tensor> h0, List<Parameters> ways) {
        PackedSequence packed = torch.pack_padded_sequence(x, lengths, !Layer.BATCH_FIRST, !SORTED);
        T_TensorTensor_T out = torch.rnn_tanh(
                packed.data(),
                packed.batch_sizes(),
                Tensors.stack(h0).index_select(1, packed.sorted_indices()),
                Parameters.vector(ways),
                Layer.BIASES,
                1,
                0,
                !Layer.TRAIN,
                ways.size() == 2);
        PackedSequence h = new PackedSequence(
                out.get0(), packed.batch_sizes(), packed.sorted_indices(), packed.unsorted_indices());
        Tensor padded = torch.pad_packed_sequence(h, !Layer.BATCH_FIRST, 0, new LongOptional(x.size(0)))
                .get0();
        return new States(padded, out.get1().index_select(1, packed.unsorted_indices()));
    }

    static UnaryOperator<Tensor> activation(String nonlinearity) {
        return switch (nonlinearity) {
            case "tanh" -> torch::tanh;
            case "relu" -> torch::relu;
            case "sigmoid" -> torch::sigmoid;
            case "identity" -> a -> a;
            default -> throw new IllegalArgumentException("no nonlinearity " + nonlinearity);
        };
    }

    /** x Wᵀ + b */
    static Tensor linear(Tensor x, Tensor W, Tensor b) {
        return torch.linear(x, W, new TensorOptional(b));
    }
}
