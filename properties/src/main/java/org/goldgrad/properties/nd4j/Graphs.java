package org.goldgrad.properties.nd4j;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The graphs of one operation by the shape of its question; the 64 used last are kept. */
final class Graphs {
    private static final int KEPT = 64;

    private final Function<int[], Graph> builder;
    private final Map<List<Integer>, Graph> graphs = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Integer>, Graph> eldest) {
            return size() > KEPT;
        }
    };

    Graphs(Function<int[], Graph> builder) {
        this.builder = builder;
    }

    synchronized Graph of(int... shape) {
        return graphs.computeIfAbsent(
                Arrays.stream(shape).boxed().collect(Collectors.toUnmodifiableList()), unused -> builder.apply(shape));
    }
}
