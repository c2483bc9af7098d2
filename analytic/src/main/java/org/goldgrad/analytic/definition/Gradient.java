package org.goldgrad.analytic.definition;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
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
 *   Γ = ∂L/∂v in all, for each of the named nodes v: outputs and intermediates whose whole gradient is asked for
 * </pre>
 *
 * <p>Its intermediates are what the definition computes, y included; then dz = ∂L/∂z, along all ways from z to L, for each of
 * the definition's intermediates z, the last first.
 *
 * @param totals what the whole gradients by nodes are called as outputs, with the nodes
 */
public record Gradient(Definition function, List<String> inputs, Map<String, String> totals) implements Definition {
    public Gradient {
        inputs = List.copyOf(inputs);
        totals = Collections.unmodifiableMap(new LinkedHashMap<>(totals));
    }

    public Gradient(Definition function, List<String> inputs) {
        this(function, inputs, Map.of());
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
        List<String> backwards = new ArrayList<>(answer.intermediates().keySet());
        Collections.reverse(backwards);
        List<Variable<R>> x = new ArrayList<>();
        inputs.forEach(name -> x.addAll(List.of(recorded.tensor(name).elements())));
        totals.values().forEach(node -> x.addAll(List.of(answer.node(node).elements())));
        backwards.forEach(name -> x.addAll(List.of(answer.intermediate(name).elements())));
        Iterator<R> dx = tape.gradient(y, dy, x).iterator();

        Map<String, Tensor<R>> gradients = new LinkedHashMap<>();
        inputs.forEach(name -> gradients.put(nameFor(name), next(dx, recorded.tensor(name), tape)));
        totals.forEach((total, node) -> gradients.put(total, next(dx, answer.node(node), tape)));
        Map<String, Tensor<R>> computed = new LinkedHashMap<>();
        answer.intermediates().forEach((name, z) -> computed.put(name, values(z, tape)));
        answer.outputs().forEach((name, z) -> computed.put(name, values(z, tape)));
        backwards.forEach(name -> computed.put(nameFor(name), next(dx, answer.intermediate(name), tape)));
        return new Answer<>(gradients, computed);
    }

    /** The next of these numbers, as many as the tensor has, in its shape. */
    private static <R extends Real<R>> Tensor<R> next(Iterator<R> numbers, Tensor<Variable<R>> like, Tape<R> tape) {
        return Tensor.of(tape.underlying(), like.shape(), i -> numbers.next());
    }

    private static <R extends Real<R>> Tensor<R> values(Tensor<Variable<R>> z, Tape<R> tape) {
        return Tensor.of(tape.underlying(), z.shape(), i -> z.at(i).value());
    }
}
