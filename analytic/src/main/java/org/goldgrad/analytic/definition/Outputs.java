package org.goldgrad.analytic.definition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.goldgrad.analytic.arithmetic.Tensor;

/** An answer in doubles, named arrays: {@code Outputs.of("h", h).and("c", c)}. */
public record Outputs(Map<String, Array> arrays) {
    public Outputs {
        arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
    }

    /** An answer of one array, to which {@link #and} adds others. */
    public static Outputs of(String name, Array array) {
        return new Outputs(Map.of(name, array));
    }

    /** The nearest doubles of named tensors. */
    public static Outputs of(Map<String, ? extends Tensor<?>> tensors) {
        Map<String, Array> arrays = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> arrays.put(name, Array.nearest(tensor)));
        return new Outputs(arrays);
    }

    /** These outputs and one more. */
    public Outputs and(String name, Array array) {
        Map<String, Array> more = new LinkedHashMap<>(arrays);
        more.put(name, array);
        return new Outputs(more);
    }

    /** The array of this name. */
    public Array array(String name) {
        return Inputs.require(arrays, name);
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ");
        arrays.forEach((name, array) -> text.add(name + "=" + array));
        return text.toString();
    }
}
