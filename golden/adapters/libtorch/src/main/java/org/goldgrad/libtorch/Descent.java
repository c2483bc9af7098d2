package org.goldgrad.libtorch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Gradient descent: torch::optim::SGD. */
final class Descent {
    /** The rate of an optimizer that has groups with rates of their own. */
    private static final double NO_RATE = 0;

    private static final Map<String, String> KEPT = Map.of("v", "momentum_buffer");

    private Descent() {}

    static Map<String, Tensor> momentum(Question q) {
        return oneGroup(q, q.setting("epsilon"), q.setting("alpha"), 0);
    }

    /** SGD whose dampening is its momentum: v = βv + (1−β)g. */
    static Map<String, Tensor> runningAverage(Question q) {
        return oneGroup(q, q.setting("delta"), q.setting("beta"), q.setting("beta"));
    }

    /**
     * SGD from a velocity of 0 on. Left to itself it starts from v_1 = g_1, undamped, as its documentation says; a step
     * along a gradient of 0 before the first makes that v_0 = 0 and leaves θ where it was.
     */
    private static Map<String, Tensor> oneGroup(Question q, double rate, double momentum, double dampening) {
        Groups groups = Groups.of(q.tensor("theta0").unsqueeze(0));
        Tensor g = q.tensor("g").unsqueeze(1); // steps×1×parameters
        Optimizer optimizer = optimizer(groups, i -> options(rate, momentum, dampening, 0));
        groups.setGradients(List.of(torch.zeros_like(q.tensor("theta0"))));
        optimizer.step();
        Map<String, Tensor> steps = new LinkedHashMap<>(Trajectory.of(optimizer, groups, g, KEPT));
        steps.replaceAll((name, value) -> value.select(1, 0));
        return steps;
    }

    static Map<String, Tensor> sgd(Question q) {
        Groups groups = Groups.of(q.tensor("theta0"));
        Optimizer optimizer = optimizer(
                groups,
                i -> options(
                        q.setting("lr", i),
                        q.setting("momentum", i),
                        q.setting("dampening", i),
                        q.setting("weight_decay", i)));
        return Trajectory.of(optimizer, groups, q.tensor("g"), KEPT);
    }

    /** Without momentum, along given gradients; {@code decay} is added to them. */
    static Optimizer plain(Groups groups, double rate, double decay) {
        return optimizer(groups, i -> {
            SGDOptions options = new SGDOptions(rate);
            options.weight_decay().put(decay);
            return options;
        });
    }

    private static Optimizer optimizer(Groups groups, IntFunction<SGDOptions> options) {
        return groups.optimizer(SGD::new, new SGDOptions(NO_RATE), options);
    }

    /** Without momentum SGD keeps no velocity; it steps along the gradient, which is the velocity if nothing is added. */
    private static SGDOptions options(double rate, double momentum, double dampening, double decay) {
        if (momentum == 0 && (dampening != 0 || decay != 0)) {
            throw new Unsupported("Without momentum libtorch's SGD keeps no velocity, and dampens nothing.");
        }
        SGDOptions options = new SGDOptions(rate);
        options.momentum().put(momentum);
        options.dampening().put(dampening);
        options.weight_decay().put(decay);
        return options;
    }

    /** On ½ curvature θ² + gθ, which libtorch differentiates where θ is. */
    static Map<String, Tensor> nesterov(Question q) {
        Groups groups = Groups.of(q.tensor("theta0"));
        Tensor g = q.tensor("g");
        Tensor curvature = q.tensor("curvature");
        Optimizer optimizer = groups.optimizer(
                SGD::new, nesterov(NO_RATE, 0.5), i -> nesterov(q.setting("lr", i), q.setting("momentum", i)));
        IntFunction<List<Tensor>> gradients = t -> IntStream.range(
                        0, groups.parameters().size())
                .mapToObj(i -> {
                    Tensor theta = groups.parameters().get(i);
                    Tensor bowl = theta.square().mul(curvature.select(0, i)).mul(new Scalar(0.5));
                    Tensor slope = theta.mul(g.select(0, t).select(0, i));
                    return Autograd.gradient(bowl.add(slope).sum(), theta);
                })
                .toList();
        return Trajectory.of(optimizer, groups, g.size(0), gradients, KEPT);
    }

    private static SGDOptions nesterov(double rate, double momentum) {
        if (momentum == 0) {
            throw new Unsupported("libtorch's SGD takes Nesterov's steps with a momentum only.");
        }
        SGDOptions options = options(rate, momentum, 0, 0);
        options.nesterov().put(true);
        return options;
    }
}
