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
    private Trajectory() {}

    /**
     * θ, and what the optimizer keeps, after every step; for what it keeps none of, the gradient.
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
        Map<String, List<Tensor>> all = new LinkedHashMap<>();
        for (int t = 0; t < steps; t++) {
            List<Tensor> g = gradients.apply(t);
            groups.setGradients(g);
            optimizer.step();
            add(all, "theta", groups.values());
            Saved saved = Saved.of(optimizer);
            kept.forEach((name, theirs) -> add(all, name, Tensors.stack(saved.of(groups, theirs, g))));
        }
        return stacked(all);
    }

    static void add(Map<String, List<Tensor>> trajectory, String name, Tensor value) {
        trajectory.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
    }

    /** Everything with a first axis for the steps. */
    static Map<String, Tensor> stacked(Map<String, List<Tensor>> trajectory) {
        Map<String, Tensor> all = new LinkedHashMap<>();
        trajectory.forEach((name, values) -> all.put(name, Tensors.stack(values)));
        return all;
    }
}
