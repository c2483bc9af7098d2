package org.goldgrad.libtorch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.Tensor;

/** Where an optimizer goes along given gradients, and what it keeps meanwhile. */
final class Trajectory {
    private final Map<String, List<Tensor>> steps = new LinkedHashMap<>();

    private Trajectory() {}

    /**
     * θ, and what the optimizer keeps, after every step.
     *
     * @param g steps×groups×parameters
     * @param kept what it keeps of every parameter, by our name: {@code m → exp_avg}
     */
    static Map<String, Tensor> of(Optimizer optimizer, Groups groups, Tensor g, Map<String, String> kept) {
        return of(
                optimizer,
                groups,
                g.size(0),
                t -> List.of(g.select(0, t).unbind().get()),
                kept);
    }

    /** @param gradients of every group at step t, counted from 0; an undefined tensor where it has none */
    static Map<String, Tensor> of(
            Optimizer optimizer,
            Groups groups,
            long steps,
            IntFunction<List<Tensor>> gradients,
            Map<String, String> kept) {
        Trajectory trajectory = new Trajectory();
        for (int t = 0; t < steps; t++) {
            List<Tensor> g = gradients.apply(t);
            step(optimizer, groups, g);
            trajectory.add(
                    "theta", groups.parameters().stream().map(Trajectory::copy).toList());
            Saved saved = Saved.of(optimizer);
            kept.forEach((name, theirs) -> trajectory.add(name, saved.of(groups, theirs, g)));
        }
        Map<String, Tensor> all = new LinkedHashMap<>();
        trajectory.steps.forEach((name, values) -> all.put(name, Tensors.stack(values)));
        return all;
    }

    /** One step, along a gradient for each group. */
    static void step(Optimizer optimizer, Groups groups, List<Tensor> gradients) {
        for (int i = 0; i < gradients.size(); i++) {
            Tensor gradient = gradients.get(i);
            groups.parameters().get(i).mutable_grad().put(gradient.defined() ? gradient.clone() : gradient);
        }
        optimizer.step();
    }

    private static Tensor copy(Tensor parameter) {
        return parameter.detach().clone();
    }

    private void add(String name, List<Tensor> values) {
        steps.computeIfAbsent(name, first -> new ArrayList<>()).add(Tensors.stack(values));
    }
}
