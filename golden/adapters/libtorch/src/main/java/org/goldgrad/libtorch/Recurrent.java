package org.goldgrad.libtorch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.goldgrad.libtorch.Layer.States;

/**
 * Networks of vanilla units, and a recurrence that is differentiated twice. What is no layer of libtorch's is unrolled with
 * its linear and its nonlinearities.
 */
final class Recurrent {
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
                "z", Tensors.stack(z),
                "h", Tensors.stack(h),
                "y", y,
                "edges", Tensors.stack(edges),
                "dw", d.get(0),
                "du", d.get(1),
                "dh0", d.get(2),
                "ddw", Autograd.differentiable(d.get(0), List.of(w)).get(0));
    }

    static Map<String, Tensor> vanilla(Question q) {
        return Map.of("h", Vanilla.run(q.choice("nonlinearity"), q).h());
    }

    /** Γ, the gradient by every h_t, is had where the layer runs a step at a time, each from the node before. */
    static Map<String, Tensor> vanillaGradient(Question q) {
        Map<String, Tensor> answer = new LinkedHashMap<>(Autograd.gradient(q, Recurrent::vanilla));
        List<Tensor> steps = Steps.vanilla(q);
        answer.put(
                "Gamma",
                Tensors.stack(Autograd.gradients(List.of(Tensors.stack(steps)), List.of(q.tensor("dh")), steps)));
        return answer;
    }

    static Map<String, Tensor> stacked(Question q) {
        States layers = Vanilla.run(q.choice("nonlinearity"), q.tensor("x"), q.onTop("h0", "H0"), Parameters.stack(q));
        Tensor last = layers.last();
        return Map.of("h", layers.h(), "last0", last.select(0, 0), "last", last.narrow(0, 1, last.size(0) - 1));
    }

    /** Unrolled. */
    static Map<String, Tensor> residual(Question q) {
        Tensor[] W = q.tensor("W").unbind().get();
        Tensor[] b = q.tensor("b").unbind().get();
        List<Tensor> steps = new ArrayList<>();
        Tensor h = q.tensor("h0");
        for (int t = 0; t < W.length; t++) {
            h = Vanilla.activation(q.choice("nonlinearity"))
                    .apply(Vanilla.linear(h, W[t].t(), b[t]))
                    .add(h);
            steps.add(h);
        }
        return Map.of("h", Tensors.stack(steps));
    }

    /** Unrolled. */
    static Map<String, Tensor> preactivation(Question q) {
        Tensor W = q.tensor("W");
        List<Tensor> steps = new ArrayList<>();
        Tensor h = q.tensor("h0");
        for (Tensor input : Vanilla.linear(q.tensor("x"), q.tensor("U").t(), q.tensor("b"))
                .unbind()
                .get()) {
            h = torch.linear(Vanilla.activation(q.choice("nonlinearity")).apply(h), W.t())
                    .add(input);
            steps.add(h);
        }
        return Map.of("h", Tensors.stack(steps));
    }

    static Map<String, Tensor> variableLength(Question q) {
        States layer = Vanilla.packed(
                q.tensor("x"), q.integers("lengths"), List.of(q.tensor("h0")), List.of(Parameters.of(q)));
        return Map.of("h", layer.h(), "last", layer.last().select(0, 0));
    }

    /** The layer runs a window at a time, each from the last state of the one before, detached. */
    static Map<String, Tensor> truncated(Question q) {
        Parameters parameters = Parameters.of(q);
        List<Tensor> windows = new ArrayList<>();
        Tensor state = q.tensor("h0");
        for (Tensor x : q.tensor("x").split(q.integer("window")).get()) {
            States window = Vanilla.run("tanh", x, state, parameters);
            windows.add(window.h());
            state = window.last().select(0, 0).detach();
        }
        return Map.of("h", Tensors.cat(windows, 0));
    }

    /** W = R + s P Qᵀ, by addmm. */
    static Map<String, Tensor> lowRank(Question q) {
        Tensor P = q.tensor("P");
        double s = q.chooses("scale", "alpha") ? q.setting("alpha") : 1.0 / P.size(1);
        Tensor W = torch.addmm(q.tensor("R"), P, q.tensor("Q").t(), new Scalar(1.0), new Scalar(s));
        Parameters parameters = Parameters.ofRows(q.tensor("U"), W, q.tensor("b"));
        return Map.of(
                "h",
                Vanilla.run("tanh", q.tensor("x"), q.tensor("h0"), parameters).h());
    }

    /** The mean of every beginning of the sequence. */
    static Map<String, Tensor> runningAverage(Question q) {
        Tensor x = q.tensor("x");
        List<Tensor> means = new ArrayList<>();
        for (long t = 1; t <= x.size(0); t++) {
            means.add(x.narrow(0, 0, t).mean(0));
        }
        return Map.of("y", Tensors.stack(means), "last", means.get(means.size() - 1));
    }
}
