package org.goldgrad.analytic.definition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;

/**
 * What a definition gives: named outputs, and named intermediates in the order of their computation.
 *
 * @param <R> the number type
 */
public record Answer<R extends Real<R>>(Map<String, Tensor<R>> outputs, Map<String, Tensor<R>> intermediates) {
    public Answer {
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        intermediates = Collections.unmodifiableMap(new LinkedHashMap<>(intermediates));
    }

    /** An answer with one output; add others with {@link #and}. */
    public static <R extends Real<R>> Answer<R> of(String name, Tensor<R> tensor) {
        return new Answer<>(Map.of(name, tensor), Map.of());
    }

    /** This answer with an output added or replaced. */
    public Answer<R> and(String name, Tensor<R> tensor) {
        Map<String, Tensor<R>> more = new LinkedHashMap<>(outputs);
        more.put(name, tensor);
        return new Answer<>(more, intermediates);
    }

    public Answer<R> and(String name, R scalar) {
        return and(name, Tensor.scalar(scalar));
    }

    /** This answer with an intermediate added. */
    public Answer<R> through(String name, Tensor<R> tensor) {
        Map<String, Tensor<R>> more = new LinkedHashMap<>(intermediates);
        more.put(name, tensor);
        return new Answer<>(outputs, more);
    }

    /** This answer with one output changed. */
    public Answer<R> changing(String name, UnaryOperator<Tensor<R>> change) {
        return and(name, change.apply(output(name)));
    }

    public Tensor<R> output(String name) {
        return Inputs.require(outputs, name);
    }

    public Tensor<R> intermediate(String name) {
        return Inputs.require(intermediates, name);
    }

    /** The output or intermediate of this name. */
    public Tensor<R> node(String name) {
        return outputs.containsKey(name) ? output(name) : intermediate(name);
    }

    /** The outputs as the nearest doubles. */
    public Outputs nearest() {
        return Outputs.of(outputs);
    }
}
