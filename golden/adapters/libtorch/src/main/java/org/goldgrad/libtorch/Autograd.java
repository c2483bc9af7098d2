package org.goldgrad.libtorch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.goldgrad.properties.operation.Argument;

/** libtorch's own automatic differentiation, backwards. */
final class Autograd {
    private Autograd() {}

    /**
     * The gradient operation of a function: dx = ∂L/∂x for every output dx of the question that has an input x, where L =
     * Σ ⟨dy, y⟩ over what the function answers and the question has a dy for.
     */
    static Map<String, Tensor> gradient(Question q, Function<Question, Map<String, Tensor>> function) {
        List<String> inputs = names(q.signature().inputs());
        Map<String, Tensor> variables = new LinkedHashMap<>();
        inputs.stream()
                .filter(input -> names(q.signature().outputs()).contains("d" + input))
                .forEach(input -> variables.put(input, q.variable(input)));
        List<Tensor> y = new ArrayList<>();
        List<Tensor> dy = new ArrayList<>();
        function.apply(q.with(variables)).forEach((output, value) -> {
            if (inputs.contains("d" + output)) {
                y.add(value);
                dy.add(q.tensor("d" + output));
            }
        });
        List<Tensor> dx = gradients(y, dy, List.copyOf(variables.values()));
        Map<String, Tensor> answer = new LinkedHashMap<>();
        variables.keySet().forEach(input -> answer.put("d" + input, dx.get(answer.size())));
        return answer;
    }

    private static List<String> names(List<Argument> signature) {
        return signature.stream().map(Argument::name).toList();
    }

    /** ∂L/∂x for each variable x, where L = Σ ⟨dy, y⟩. */
    static List<Tensor> gradients(List<Tensor> y, List<Tensor> dy, List<Tensor> variables) {
        return List.of(torch.grad(vector(y), vector(variables), vector(dy), new BoolOptional(), false, false)
                .get());
    }

    /** ∂y/∂x of a scalar. */
    static Tensor gradient(Tensor y, Tensor x) {
        return gradients(List.of(y), List.of(torch.ones_like(y)), List.of(x)).get(0);
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
