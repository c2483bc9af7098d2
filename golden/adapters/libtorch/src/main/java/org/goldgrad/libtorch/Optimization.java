package org.goldgrad.libtorch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.OptimizerOptions;
import org.bytedeco.pytorch.OptimizerParamGroup;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Optimizers: torch::optim::SGD, Adam and AdamW. */
final class Optimization {
    /** By which a tuple of betas is recognized. */
    private static final double DEFAULT_BETA1 = 0.9;

    private Optimization() {}

    static Map<String, Tensor> momentum(Question q) {
        return sgd(q, q.setting("epsilon"), q.setting("alpha"), 0);
    }

    /** SGD whose dampening is its momentum: v = βv + (1−β)g. */
    static Map<String, Tensor> runningAverage(Question q) {
        return sgd(q, q.setting("delta"), q.setting("beta"), q.setting("beta"));
    }

    /**
     * SGD from a velocity of 0 on. Left to itself it starts from v_1 = g_1, undamped, as its documentation says; a step
     * along a gradient of 0 before the first makes that v_0 = 0 and leaves θ where it was. Without momentum it keeps no
     * velocity, and steps along the gradient.
     */
    private static Map<String, Tensor> sgd(Question q, double rate, double momentum, double dampening) {
        List<Tensor> theta = List.of(q.variable("theta0"));
        Tensor g = q.tensor("g").unsqueeze(1); // steps×1×parameters: there is one group
        SGDOptions options = new SGDOptions(rate);
        options.momentum().put(momentum);
        options.dampening().put(dampening);
        SGD optimizer = new SGD(Autograd.vector(theta), options);
        Trajectory.step(optimizer, theta, torch.zeros_like(g.select(0, 0)));
        Map<String, String> kept = momentum == 0 ? Map.of() : Map.of("v", "momentum_buffer");
        Map<String, Tensor> steps = new LinkedHashMap<>(Trajectory.of(optimizer, theta, g, kept));
        steps.putIfAbsent("v", g);
        steps.replaceAll((name, value) -> value.select(1, 0));
        return steps;
    }

    /** Adam where decay is coupled, AdamW where it is decoupled; a parameter group for every group. */
    static Map<String, Tensor> adam(Question q) {
        List<Tensor> theta = List.of(q.tensor("theta0").unbind().get());
        theta.forEach(parameter -> parameter.set_requires_grad(true));
        Optimizer optimizer = q.chooses("decay", "coupled")
                ? new Adam(new TensorVector(theta.get(0)), coupled(q, 0))
                : new AdamW(new TensorVector(theta.get(0)), decoupled(q, 0));
        for (int i = 1; i < theta.size(); i++) {
            OptimizerOptions options = q.chooses("decay", "coupled") ? coupled(q, i) : decoupled(q, i);
            optimizer.add_param_group(new OptimizerParamGroup(new TensorVector(theta.get(i)), options));
        }
        return Trajectory.of(optimizer, theta, q.tensor("g"), Map.of("m", "exp_avg", "v", "exp_avg_sq"));
    }

    private static AdamOptions coupled(Question q, int group) {
        AdamOptions options = new AdamOptions(q.setting("lr", group));
        set(q, group, options.betas(), options.eps(), options.weight_decay());
        return options;
    }

    private static AdamWOptions decoupled(Question q, int group) {
        AdamWOptions options = new AdamWOptions(q.setting("lr", group));
        set(q, group, options.betas(), options.eps(), options.weight_decay());
        return options;
    }

    /** The betas are the memory of a std::tuple, where a C++ library may have the second first, as GCC's does. */
    private static void set(Question q, int group, DoublePointer betas, DoublePointer eps, DoublePointer decay) {
        int first = betas.get(0) == DEFAULT_BETA1 ? 0 : 1;
        betas.put(first, q.setting("beta1", group)).put(1 - first, q.setting("beta2", group));
        eps.put(q.setting("eps", group));
        decay.put(q.setting("weight_decay", group));
    }
}
