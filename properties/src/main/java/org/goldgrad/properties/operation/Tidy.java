package org.goldgrad.properties.operation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;

/** Examples that are not drawn: tidy numbers by a formula, in shapes too long for a vector register. */
final class Tidy {
    private static final List<Integer> STEPS = List.of(3, 5, 7, 11, 13, 17, 31, 37, 41, 43, 47, 53, 59, 61);

    private Tidy() {}

    /** Multiples of 1/16 in [−1, 1] that walk around a circle of 33 in steps of a size coprime to it. */
    private static Array array(int step, int... shape) {
        int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        double[] elements = new double[size];
        for (int i = 0; i < size; i++) {
            elements[i] = ((long) step * i * i + i + step) % 33 / 16.0 - 1;
        }
        return Array.of(shape, elements);
    }

    /** A question of these sizes; every array walks in steps of its own, integers run from the least to the largest. */
    static Inputs inputs(List<Argument> arguments, List<Count> counts, Map<String, Integer> sizes) {
        Map<String, Array> arrays = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            Argument argument = arguments.get(i);
            Array walk = array(STEPS.get(i), Signature.shape(argument, sizes));
            arrays.put(argument.name(), walk.map(x -> argument.domain().at(x, sizes)));
        }
        Map<String, Integer> integers = new LinkedHashMap<>();
        counts.forEach(count -> integers.put(
                count.name(), (count.range().least() + count.range().most(sizes)) / 2));
        return new Inputs(arrays, integers, Map.of());
    }
}
