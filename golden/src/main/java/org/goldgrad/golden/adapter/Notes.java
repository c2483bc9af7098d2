package org.goldgrad.golden.adapter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lines that an adapter should not have written: how many of which kind, and the first few as evidence. */
final class Notes {
    private static final int KEPT = 3;

    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final Map<String, String> firsts = new LinkedHashMap<>();
    private final List<String> recent = new ArrayList<>();
    private int sinceStart;

    /** Keeps a line in mind; false if there are too many of one process. */
    boolean add(String kind, byte[] line) {
        counts.merge(kind, 1, Integer::sum);
        firsts.putIfAbsent(kind, Quote.beginning(line));
        if (recent.size() < KEPT) {
            recent.add(Quote.beginning(line));
        }
        sinceStart++;
        return sinceStart <= Limits.NOISE;
    }

    /** Another process starts. */
    void restart() {
        sinceStart = 0;
        recent.clear();
    }

    /** Another operation starts, whose evidence shall not depend on the one before. */
    void forget() {
        recent.clear();
    }

    List<String> recent() {
        return List.copyOf(recent);
    }

    /** All of a run, a sentence for each kind. */
    List<String> all() {
        List<String> all = new ArrayList<>();
        counts.forEach((kind, count) -> all.add("the adapter wrote " + count + " " + kind + ": " + firsts.get(kind)));
        return all;
    }
}
