package org.goldgrad.libtorch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.Tensor;

/** Where an optimizer goes along given gradients, and what it keeps meanwhile. */
final class Trajectory {
    private final Map<String, List<Tensor>> steps = new LinkedHashMap<>();

    private Trajectory() {}

    /**
     * θ, and what the optimizer keeps, after every step.
     *
     * @param gradients steps×parameters×…
     * @param kept what it keeps of every parameter, by our name: {@code m → exp_avg}
     */
    static Map<String, Tensor> of(
            Optimizer optimizer, List<Tensor> parameters, Tensor gradients, Map<String, String> kept) {
        Trajectory trajectory = new Trajectory();
        for (Tensor gradient : gradients.unbind().get()) {
            step(optimizer, parameters, gradient);
            trajectory.add("theta", parameters.stream().map(Trajectory::copy).toList());
            if (!kept.isEmpty()) {
                Saved saved = Saved.of(optimizer);
                kept.forEach((name, theirs) -> trajectory.add(
                        name, parameters.stream().map(p -> saved.of(p, theirs)).toList()));
            }
        }
        Map<String, Tensor> all = new LinkedHashMap<>();
        trajectory.steps.forEach((name, values) -> all.put(name, Tensors.stack(values)));
        return all;
    }

    /** One step, along one row of the gradient for each parameter. */
    static void step(Optimizer optimizer, List<Tensor> parameters, Tensor gradient) {
        for (int i = 0; i < parameters.size(); i++) {
            parameters.get(i).mutable_grad().put(gradient.select(0, i).clone());
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
