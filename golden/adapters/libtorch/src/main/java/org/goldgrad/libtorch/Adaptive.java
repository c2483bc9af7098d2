package org.goldgrad.libtorch;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.pytorch.Adagrad;
import org.bytedeco.pytorch.AdagradOptions;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.RMSprop;
import org.bytedeco.pytorch.RMSpropOptions;
import org.bytedeco.pytorch.Tensor;

/** Optimizers whose rates adapt to the gradients: torch::optim's Adam, AdamW, RMSprop and Adagrad. */
final class Adaptive {
    /** By which a tuple of betas is recognized. */
    private static final double DEFAULT_BETA1 = 0.9;

    private static final Map<String, String> MOMENTS = Map.of("m", "exp_avg", "v", "exp_avg_sq");

    private Adaptive() {}

    /** Adam where decay is coupled, AdamW where it is decoupled. */
    static Map<String, Tensor> adam(Question q) {
        Groups groups = Groups.of(q.tensor("theta0"));
        Optimizer optimizer = switch (q.choice("decay")) {
            case "coupled" ->
                groups.optimizer(Adam::new, new AdamOptions(), i -> {
                    AdamOptions options = adam(q, i);
                    options.weight_decay().put(q.setting("weight_decay", i));
                    return options;
                });
            case "decoupled" -> adamW(q, groups);
            default -> throw new Unsupported("libtorch's AdamW multiplies the decay by the rate.");
        };
        return Trajectory.of(optimizer, groups, q.tensor("g"), MOMENTS);
    }

    /** AdamW, which loads what it has kept; a group without a gradient at a step has an undefined one. */
    static Map<String, Tensor> resumed(Question q) {
        Groups groups = Groups.of(q.tensor("theta0"));
        Optimizer optimizer = adamW(q, groups);
        Tensor m = q.tensor("m0");
        Tensor v = q.tensor("v0");
        Saved.load(
                optimizer,
                groups,
                i -> Map.of(
                        "step", new IValue((long) q.setting("t0")),
                        "exp_avg", new IValue(m.select(0, i).clone()),
                        "exp_avg_sq", new IValue(v.select(0, i).clone())));
        Tensor g = q.tensor("g");
        Tensor present = q.integers("present"); // steps×groups
        IntFunction<List<Tensor>> gradients =
                t -> IntStream.range(0, groups.parameters().size())
                        .mapToObj(i -> present.select(0, t).select(0, i).item_bool()
                                ? g.select(0, t).select(0, i)
                                : new Tensor())
                        .toList();
        return Trajectory.of(optimizer, groups, g.size(0), gradients, MOMENTS);
    }

    static Map<String, Tensor> amsgrad(Question q) {
        Groups groups = Groups.of(q.tensor("theta0"));
        Optimizer optimizer = groups.optimizer(Adam::new, new AdamOptions(), i -> {
            AdamOptions options = adam(q, i);
            options.amsgrad().put(true);
            return options;
        });
        return Trajectory.of(
                optimizer, groups, q.tensor("g"), Map.of("m", "exp_avg", "v", "exp_avg_sq", "w", "max_exp_avg_sq"));
    }

    private static AdamOptions adam(Question q, int group) {
        AdamOptions options = new AdamOptions(q.setting("lr", group));
        set(q, group, options.betas(), options.eps());
        return options;
    }

    private static Optimizer adamW(Question q, Groups groups) {
        return groups.optimizer(AdamW::new, new AdamWOptions(), i -> {
            AdamWOptions options = new AdamWOptions(q.setting("lr", i));
            set(q, i, options.betas(), options.eps());
            options.weight_decay().put(q.setting("weight_decay", i));
            return options;
        });
    }

    /** The betas are the memory of a std::tuple, where a C++ library may have the second first, as GCC's does. */
    private static void set(Question q, int group, DoublePointer betas, DoublePointer eps) {
        int first = betas.get(0) == DEFAULT_BETA1 ? 0 : 1;
        betas.put(first, q.setting("beta1", group)).put(1 - first, q.setting("beta2", group));
        eps.put(q.setting("eps", group));
    }

    static Map<String, Tensor> rmsprop(Question q) {
        Groups groups = Groups.of(q.tensor("theta0"));
        Optimizer optimizer = groups.optimizer(RMSprop::new, new RMSpropOptions(), i -> {
            if (q.setting("momentum", i) == 0) {
                throw new Unsupported("Without momentum libtorch's RMSprop keeps no buffer.");
            }
            RMSpropOptions options = new RMSpropOptions(q.setting("lr", i));
            options.alpha().put(q.setting("rho", i));
            options.eps().put(q.setting("eps", i));
            options.momentum().put(q.setting("momentum", i));
            options.centered().put(q.chooses("centered", "centered"));
            return options;
        });
        return Trajectory.of(optimizer, groups, q.tensor("g"), Map.of("v", "square_avg", "b", "momentum_buffer"));
    }

    /**
     * Adagrad fills its sums when it is made, so a group that is added later has none, and its step fails: it is made over
     * the groups of another. It fills all of them with its own initial_accumulator_value, whatever a group says.
     */
    static Map<String, Tensor> adagrad(Question q) {
        Groups groups = Groups.of(q.tensor("theta0"));
        Optimizer grouped = groups.optimizer(Adagrad::new, new AdagradOptions(), i -> adagrad(q, i));
        Optimizer optimizer = new Adagrad(grouped.param_groups(), adagrad(q, 0));
        return Trajectory.of(optimizer, groups, q.tensor("g"), Map.of("v", "sum"));
    }

    private static AdagradOptions adagrad(Question q, int group) {
        AdagradOptions options = new AdagradOptions(q.setting("lr", group));
        options.eps().put(q.setting("eps", group));
        options.initial_accumulator_value().put(q.setting("v0", group));
        return options;
    }
}
