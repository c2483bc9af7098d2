package org.goldgrad.libtorch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.T_TensorT_TensorTensor_T_T;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Recurrent networks: torch::nn::LSTM, and a recurrence that is differentiated twice. */
final class Recurrent {
    /** The blocks of torch::nn::LSTM's weights: input, forget, candidate, output. */
    static final String GATE_ORDER = "ifgo";

    private Recurrent() {}

    /**
     * Automatic differentiation, twice; every step has its own copy of w.
     *
     * <pre>
     *   z_t = u_t + h_{t−1}     h_t = w_t z_t     y = h_T
     * </pre>
     */
    static Map<String, Tensor> scalar(Question q) {
        Tensor u = q.variable("u");
        Tensor w = q.variable("w");
        Tensor h0 = q.variable("h0");
        List<Tensor> copies = List.of(w.expand(u.size(0)).unbind().get());
        List<Tensor> z = new ArrayList<>();
        List<Tensor> h = new ArrayList<>();
        Tensor y = h0;
        for (int t = 0; t < copies.size(); t++) {
            z.add(u.select(0, t).add(y));
            y = copies.get(t).mul(z.get(t));
            h.add(y);
        }
        List<Tensor> edges = Autograd.differentiable(y, copies);
        List<Tensor> d = Autograd.differentiable(y, List.of(w, u, h0));
        return Map.of(
                "z", stack(z),
                "h", stack(h),
                "y", y,
                "edges", stack(edges),
                "dw", d.get(0),
                "du", d.get(1),
                "dh0", d.get(2),
                "ddw", Autograd.differentiable(d.get(0), List.of(w)).get(0));
    }

    private static Tensor stack(List<Tensor> scalars) {
        return torch.stack(Autograd.vector(scalars));
    }

    static Map<String, Tensor> lstm(Question q) {
        Lstm lstm = Lstm.of(q);
        return Map.of("h", lstm.h, "c", lstm.c);
    }

    static Map<String, Tensor> lstmGradient(Question q) {
        Lstm lstm = Lstm.of(q);
        List<Tensor> d = Autograd.gradients(
                List.of(lstm.h, lstm.c),
                List.of(q.tensor("dh"), q.tensor("dc")),
                List.of(
                        lstm.x,
                        lstm.h0,
                        lstm.c0,
                        lstm.weight("weight_ih_l0"),
                        lstm.weight("weight_hh_l0"),
                        lstm.weight("bias_ih_l0")));
        return Map.of(
                "dx", d.get(0),
                "dh0", d.get(1),
                "dc0", d.get(2),
                "dU", lstm.unpacked(d.get(3)),
                "dW", lstm.unpacked(d.get(4)),
                "db", d.get(5).reshape(4, lstm.hidden()));
    }

    /** A layer with the weights of a question, and what it made of its inputs. */
    private record Lstm(LSTMImpl layer, Tensor x, Tensor h0, Tensor c0, Tensor h, Tensor c) {
        static Lstm of(Question q) {
            Tensor x = q.variable("x");
            Tensor h0 = q.variable("h0");
            Tensor c0 = q.variable("c0");
            LSTMImpl layer = layer(q);
            T_TensorT_TensorTensor_T_T out = layer.forward(x, new T_TensorTensor_T(h0.unsqueeze(0), c0.unsqueeze(0)));
            return new Lstm(layer, x, h0, c0, out.get0(), out.get1().get1().squeeze(0));
        }

        /** Weights are packed 4·hidden×features, and there are two biases, which are added. */
        private static LSTMImpl layer(Question q) {
            Tensor U = q.tensor("U");
            Tensor W = q.tensor("W");
            long features = U.size(0);
            long hidden = W.size(0);
            LSTMImpl layer = new LSTMImpl(features, hidden);
            layer.to(q.tensors().type());
            set(layer, "weight_ih_l0", U.permute(1, 2, 0).reshape(4 * hidden, features));
            set(layer, "weight_hh_l0", W.permute(1, 2, 0).reshape(4 * hidden, hidden));
            set(layer, "bias_ih_l0", q.tensor("b").reshape(4 * hidden));
            set(layer, "bias_hh_l0", torch.zeros_like(q.tensor("b")).reshape(4 * hidden));
            return layer;
        }

        private static void set(LSTMImpl layer, String name, Tensor value) {
            layer.named_parameters().get(name).detach().copy_(value);
        }

        Tensor weight(String name) {
            return layer.named_parameters().get(name);
        }

        Tensor unpacked(Tensor gradient) {
            return gradient.reshape(4, hidden(), -1).permute(2, 0, 1);
        }

        long hidden() {
            return h0.size(1);
        }
    }
}
