package org.goldgrad.properties.operation;

import java.util.Map;
import org.goldgrad.properties.draw.Draw;

/**
 * Which numbers an argument may hold, and how tidy ones are drawn: few significant bits, exact in bfloat16 wherever the
 * domain allows, 0 or the plainest value first.
 */
public sealed interface Elements permits Domain, Whole {
    /** What a message calls such a number. */
    String description();

    /** The same, where the axes have these sizes. */
    default String description(Map<String, Integer> sizes) {
        return description();
    }

    /** Whether x is one of them, where the axes have these sizes. */
    boolean contains(double x, Map<String, Integer> sizes);

    /** One of them, where the axes have these sizes. */
    double draw(Draw draw, Map<String, Integer> sizes);

    /** The one that stands for a place x in [−1, 1], where the axes have these sizes; x itself if it is one. */
    default double at(double x, Map<String, Integer> sizes) {
        return contains(-1, sizes) ? x : (x + 2) / 4; // in [1/4, 3/4]
    }
}
