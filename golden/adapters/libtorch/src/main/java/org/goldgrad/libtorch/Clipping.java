package org.goldgrad.libtorch;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.NormalizeFuncOptions;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Gradients and parameters kept short: clip_grad_norm_, clip_grad_value_ and normalize. */
final class Clipping {
    private Clipping() {}

    /** clip_grad_norm_ over all tensors together, or over each. */
    static Map<String, Tensor> byNorm(Question q) {
        Groups tensors = gradients(q.tensor("g"));
        double limit = q.setting("limit");
        if (q.chooses("scope", "global")) {
            torch.clip_grad_norm_(tensors.vector(), limit);
        } else {
            tensors.parameters().forEach(tensor -> torch.clip_grad_norm_(tensor, limit));
        }
        return Map.of("clipped", tensors.gradients());
    }

    static Map<String, Tensor> byValue(Question q) {
        Groups tensors = gradients(q.tensor("g"));
        torch.clip_grad_value_(tensors.vector(), q.setting("limit"));
        return Map.of("clipped", tensors.gradients());
    }

    /** Parameters whose gradients are g: tensors×parameters. */
    private static Groups gradients(Tensor g) {
        Groups tensors = Groups.of(torch.zeros_like(g));
        tensors.setGradients(List.of(g.unbind().get()));
        return tensors;
    }

    /** What clip_grad_norm_ does in place, where nothing is differentiated, as a function; it adds nothing to the norm. */
    static Map<String, Tensor> shortened(Question q) {
        Tensor g = q.tensor("g");
        double limit = q.setting("limit");
        Tensor clipped = q.chooses("scope", "global")
                ? shortened(g, limit)
                : Tensors.stack(Arrays.stream(g.unbind().get())
                        .map(tensor -> shortened(tensor, limit))
                        .toList());
        return Map.of("clipped", clipped);
    }

    static Map<String, Tensor> ball(Question q) {
        return Map.of("projected", shortened(q.tensor("W"), q.setting("radius")));
    }

    static Map<String, Tensor> sphere(Question q) {
        return Map.of("projected", direction(q, q.tensor("W")).mul(q.tensor("radius")));
    }

    /** x/‖x‖, and 0 for 0: nothing else has a norm below the smallest number. */
    static Tensor direction(Question q, Tensor x) {
        return normalized(x, q.tensors().format().smallestNormal());
    }

    /** x r/max(‖x‖, r). */
    private static Tensor shortened(Tensor x, double r) {
        return normalized(x, r).mul(new Scalar(r));
    }

    /** x/max(‖x‖, least), Frobenius. */
    private static Tensor normalized(Tensor x, double least) {
        NormalizeFuncOptions options = new NormalizeFuncOptions();
        options.dim().put(0);
        options.eps().put(least);
        return torch.normalize(x.flatten(), options).view_as(x);
    }

    /** The gradient of a loss ⟨g, θ⟩ that is scaled before it is differentiated. */
    static Map<String, Tensor> scale(Question q) {
        Tensor g = q.tensor("g");
        Tensor theta = torch.zeros_like(g).set_requires_grad(true);
        Tensor loss = g.mul(theta).sum().mul(q.tensor("factor"));
        return Map.of("scaled", Autograd.gradient(loss, theta));
    }

    /** The step of a training loop: unscales, clips, has SGD descend, which adds the decay, and projects. */
    static Map<String, Tensor> descent(Question q) {
        Groups tensors = Groups.of(q.tensor("theta0"));
        Optimizer sgd = Descent.plain(tensors, q.setting("lr"), q.setting("weight_decay"));
        Map<String, List<Tensor>> steps = new LinkedHashMap<>();
        for (Tensor g : q.tensor("g").div(q.tensor("scale")).unbind().get()) {
            tensors.setGradients(List.of(g.unbind().get()));
            torch.clip_grad_norm_(tensors.vector(), q.setting("limit"));
            Trajectory.add(steps, "clipped", tensors.gradients());
            sgd.step();
            for (Tensor parameter : tensors.parameters()) {
                Tensor value = parameter.detach();
                value.copy_(shortened(value, q.setting("radius")));
            }
            Trajectory.add(steps, "theta", tensors.values());
        }
        return Trajectory.stacked(steps);
    }
}
