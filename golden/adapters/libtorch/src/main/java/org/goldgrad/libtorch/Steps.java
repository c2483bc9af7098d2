package org.goldgrad.libtorch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Layers that run a step at a time, so that every h_t is a node, and automatic differentiation by it gives all that a loss
 * gets through it, the later steps included.
 */
final class Steps {
    /** The order of the norm that is the largest singular value. */
    private static final int SPECTRAL = 2;

    private Steps() {}

    /** The h_t of a vanilla layer, batch×hidden each. */
    static List<Tensor> vanilla(Question q) {
        Parameters parameters = Parameters.of(q);
        List<Tensor> h = new ArrayList<>();
        Tensor state = q.variable("h0");
        for (Tensor x : q.tensor("x").split(1).get()) {
            state = Vanilla.run(q.choice("nonlinearity"), x, state, parameters)
                    .last()
                    .select(0, 0);
            h.add(state);
        }
        return h;
    }

    /** The h_t of an LSTM. */
    private static List<Tensor> lstm(Question q) {
        List<Parameters> parameters = List.of(Parameters.of(q));
        List<Tensor> h = new ArrayList<>();
        Tensor state = q.variable("h0");
        Tensor c = q.tensor("c0").unsqueeze(0);
        for (Tensor x : q.tensor("x").split(1).get()) {
            T_TensorTensorTensor_T out = Gated.layers(x, state.unsqueeze(0), c, parameters);
            state = out.get1().select(0, 0);
            c = out.get2();
            h.add(state);
        }
        return h;
    }

    /**
     * Norms of Γ_t = ∂loss/∂h_t, and their bound, which libtorch has nothing for but norms of the parts that it is made of:
     * ∂L_t/∂h_t is had by differentiating by all states as they enter the loss together.
     *
     * <pre>
     *   bound_t = ‖∂L_t/∂h_t‖ + γ‖W‖₂ bound_{t+1}
     * </pre>
     */
    static Map<String, Tensor> gradientFlow(Question q) {
        List<Tensor> h = vanilla(q);
        Tensor all = Tensors.stack(h);
        Tensor loss = Heads.loss(q, Heads.prediction(q, all));
        Tensor direct = Autograd.differentiable(loss, List.of(all)).get(0);
        double gamma = q.chooses("nonlinearity", "sigmoid") ? 0.25 : 1;
        Tensor factor =
                torch.linalg_matrix_norm(q.tensor("W"), new Scalar(SPECTRAL)).mul(new Scalar(gamma));
        Tensor[] bound = norms(List.of(direct.unbind().get())).unbind().get();
        for (int t = bound.length - 2; t >= 0; t--) {
            bound[t] = bound[t].add(factor.mul(bound[t + 1]));
        }
        return Map.of("norms", norms(Autograd.differentiable(loss, h)), "bound", Tensors.stack(List.of(bound)));
    }

    static Map<String, Tensor> lstmGradientFlow(Question q) {
        List<Tensor> h = lstm(q);
        Tensor loss = Heads.loss(q, Heads.prediction(q, Tensors.stack(h)));
        return Map.of("norms", norms(Autograd.differentiable(loss, h)));
    }

    private static Tensor norms(List<Tensor> gradients) {
        return Tensors.stack(gradients.stream().map(torch::linalg_vector_norm).toList());
    }
}
