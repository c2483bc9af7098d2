package org.goldgrad.analytic.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tape;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.arithmetic.Variable;

/**
 * The gradient of a definition, by the chain rule alone.
 *
 * <pre>
 *   L = Σ_y ⟨dy, y⟩  over the outputs y        dx = ∂L/∂x  for each of the named inputs x
 *   dy  upstream gradient, an input of y's shape; absent means 0        dx  an output of x's shape
 * </pre>
 */
public record Gradient(Definition function, List<String> inputs) implements Definition {
    public Gradient {
        inputs = List.copyOf(inputs);
    }

    /** The name of the gradient that flows into or out of something of this name. */
    public static String nameFor(String name) {
        return "d" + name;
    }

    @Override
    public <R extends Real<R>> Answer<R> of(Question<R> question) {
        Tape<R> tape = new Tape<>(question.arithmetic());
        Question<Variable<R>> recorded = question.on(tape);
        Answer<Variable<R>> answer = function.of(recorded);

        List<Variable<R>> y = new ArrayList<>();
        List<R> dy = new ArrayList<>();
        answer.outputs().forEach((name, output) -> {
            Tensor<R> upstream = question.tensors().get(nameFor(name));
            for (int i = 0; upstream != null && i < output.size(); i++) {
                y.add(output.at(i));
                dy.add(upstream.at(i));
            }
        });
        List<Variable<R>> x = new ArrayList<>();
        inputs.forEach(name -> x.addAll(List.of(recorded.tensor(name).elements())));
        List<R> dx = tape.gradient(y, dy, x);

        Map<String, Tensor<R>> gradients = new LinkedHashMap<>();
        int from = 0;
        for (String name : inputs) {
            int start = from;
            Tensor<R> input = question.tensor(name);
            gradients.put(nameFor(name), Tensor.of(tape.underlying(), input.shape(), i -> dx.get(start + i)));
            from += input.size();
        }
        return new Answer<>(gradients, Map.of());
    }
}
