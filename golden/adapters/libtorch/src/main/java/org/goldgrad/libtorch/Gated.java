package org.goldgrad.libtorch;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Gated layers: libtorch's lstm and gru. */
final class Gated {
    /** The blocks of an LSTM's weights: input, forget, candidate, output. */
    static final String LSTM_ORDER = "ifgo";

    /** The blocks of a GRU's weights: reset, update, candidate. */
    static final String GRU_ORDER = "rzn";

    private Gated() {}

    static Map<String, Tensor> lstm(Question q) {
        return lstm(q, Parameters.of(q));
    }

    /** As libtorch stores them. */
    static Map<String, Tensor> lstmColumns(Question q) {
        return lstm(q, Parameters.ofColumns(q.tensor("U"), q.tensor("W"), q.tensor("b"), q.tensor("d")));
    }

    private static Map<String, Tensor> lstm(Question q, Parameters parameters) {
        T_TensorTensorTensor_T out = layers(
                q.tensor("x"), q.tensor("h0").unsqueeze(0), q.tensor("c0").unsqueeze(0), List.of(parameters));
        return Map.of("h", out.get0(), "c", out.get2().select(0, 0));
    }

    static Map<String, Tensor> lstmStacked(Question q) {
        T_TensorTensorTensor_T out =
                layers(q.tensor("x"), q.onTop("h0", "H0"), q.onTop("c0", "C0"), Parameters.stack(q));
        return Map.of("h", out.get0());
    }

    /**
     * LSTM layers on top of each other: every h of the topmost, and the last h and c of each.
     *
     * @param x time×batch×features
     * @param h0 layers×batch×hidden
     * @param c0 layers×batch×hidden
     */
    static T_TensorTensorTensor_T layers(Tensor x, Tensor h0, Tensor c0, List<Parameters> layers) {
        return torch.lstm(
                x,
                Autograd.vector(List.of(h0, c0)),
                Parameters.vector(layers),
                Layer.BIASES,
                layers.size(),
                0,
                !Layer.TRAIN,
                !Layer.BIDIRECTIONAL,
                !Layer.BATCH_FIRST);
    }

    static Map<String, Tensor> gru(Question q) {
        Layer gru = torch::gru;
        Parameters parameters = Parameters.ofRows(q.tensor("U"), q.tensor("W"), q.tensor("b"), q.tensor("d"));
        return Map.of(
                "h",
                gru.run(q.tensor("x"), q.tensor("h0").unsqueeze(0), List.of(parameters))
                        .h());
    }
}
