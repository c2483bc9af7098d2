package org.goldgrad.analytic.definition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.goldgrad.analytic.arithmetic.Arithmetic;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;

/**
 * A question in doubles: named arrays (settings are arrays of rank 0), named integers, and the convention chosen where
 * correct implementations differ. Asking for a name that there is not throws, and says which there are.
 */
public record Inputs(Map<String, Array> arrays, Map<String, Integer> integers, Map<String, String> conventions) {
    public Inputs {
        arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
        integers = Collections.unmodifiableMap(new LinkedHashMap<>(integers));
        conventions = Collections.unmodifiableMap(new LinkedHashMap<>(conventions));
    }

    public static Inputs empty() {
        return new Inputs(Map.of(), Map.of(), Map.of());
    }

    public Inputs with(String name, Array array) {
        Map<String, Array> changed = new LinkedHashMap<>(arrays);
        changed.put(name, array);
        return new Inputs(changed, integers, conventions);
    }

    public Inputs with(String name, double... vector) {
        return with(name, Array.vector(vector));
    }

    public Inputs with(String name, double scalar) {
        return with(name, Array.scalar(scalar));
    }

    public Inputs withInteger(String name, int value) {
        Map<String, Integer> changed = new LinkedHashMap<>(integers);
        changed.put(name, value);
        return new Inputs(arrays, changed, conventions);
    }

    public Inputs withConvention(String convention, String choice) {
        Map<String, String> changed = new LinkedHashMap<>(conventions);
        changed.put(convention, choice);
        return new Inputs(arrays, integers, changed);
    }

    /** The array of this name. */
    public Array array(String name) {
        return require(arrays, name);
    }

    /** The only element of a scalar: a setting. */
    public double scalar(String name) {
        return array(name).value();
    }

    /** The integer of this name, such as a number of components. */
    public int integer(String name) {
        return require(integers, name);
    }

    /** The choice that this question makes where correct implementations differ. */
    public String convention(String name) {
        return require(conventions, name);
    }

    static <V> V require(Map<String, V> map, String name) {
        V value = map.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name + " among " + map.keySet());
        }
        return value;
    }

    /** The same question in another arithmetic. */
    public <R extends Real<R>> Question<R> in(Arithmetic<R> arithmetic) {
        Map<String, Tensor<R>> tensors = new LinkedHashMap<>();
        arrays.forEach((name, array) ->
                tensors.put(name, Tensor.of(arithmetic, array.shape(), i -> arithmetic.of(array.at(i)))));
        return new Question<>(arithmetic, tensors, integers, conventions);
    }

    /** One line: every name with its value. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ");
        arrays.forEach((name, array) -> text.add(name + "=" + array));
        integers.forEach((name, value) -> text.add(name + "=" + value));
        conventions.forEach((name, choice) -> text.add(name + "=" + choice));
        return text.toString();
    }
}
