package org.goldgrad.libtorch;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** libtorch's own automatic differentiation, backwards. */
final class Autograd {
    private Autograd() {}

    /** ∂L/∂x for each variable x, where L = Σ ⟨dy, y⟩. */
    static List<Tensor> gradients(List<Tensor> y, List<Tensor> dy, List<Tensor> variables) {
        return List.of(torch.grad(vector(y), vector(variables), vector(dy), new BoolOptional(), false, false)
                .get());
    }

    /** ∂y/∂x of a scalar for each variable x, which can be differentiated again; zero where y does not depend on x. */
    static List<Tensor> differentiable(Tensor y, List<Tensor> variables) {
        Tensor[] gradients = torch.grad(
                        new TensorVector(y),
                        vector(variables),
                        new TensorVector(),
                        new BoolOptional(true),
                        true, // the gradient has a graph itself
                        true) // and an undefined tensor stands for zero
                .get();
        Arrays.setAll(gradients, i -> gradients[i].defined() ? gradients[i] : torch.zeros_like(variables.get(i)));
        return List.of(gradients);
    }

    static TensorVector vector(List<Tensor> tensors) {
        return new TensorVector(tensors.toArray(Tensor[]::new));
    }
}
