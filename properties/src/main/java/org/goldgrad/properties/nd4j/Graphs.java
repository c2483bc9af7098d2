package org.goldgrad.properties.nd4j;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The graphs of one operation by what their structure depends on; the 64 used last are kept. */
final class Graphs {
    private static final int KEPT = 64;

    private final Map<List<?>, Graph> graphs = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<?>, Graph> eldest) {
            return size() > KEPT;
        }
    };

    /** The graph of this structure, built if it is not among those kept. */
    synchronized Graph of(List<?> structure, Supplier<Graph> builder) {
        return graphs.computeIfAbsent(List.copyOf(structure), unused -> builder.get());
    }
}
