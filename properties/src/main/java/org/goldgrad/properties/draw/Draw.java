package org.goldgrad.properties.draw;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * A list of choices being turned into a value: the only source of variety.
 *
 * <p>Every choice is a number from 0 up to a bound, and 0 is always the simplest. A list that runs out goes on with zeros,
 * so every list means something, and whatever is built from choices shrinks by shrinking the list.
 */
public final class Draw {
    private final IntUnaryOperator source;
    private final List<Integer> taken = new ArrayList<>();

    private Draw(IntUnaryOperator source) {
        this.source = source;
    }

    /** The value that a recorded list means. */
    public static Draw replaying(List<Integer> choices) {
        int[] position = {0};
        return new Draw(bound -> position[0] < choices.size() ? choices.get(position[0]++) % bound : 0);
    }

    /** A random value. */
    public static Draw random(SplitMix random) {
        return new Draw(random::below);
    }

    /** The next choice: 0 ≤ choice &lt; bound. */
    public int choice(int bound) {
        int choice = bound == 1 ? 0 : source.applyAsInt(bound);
        if (bound > 1) {
            taken.add(choice);
        }
        return choice;
    }

    /** One of the options; the first is the simplest. */
    public <T> T of(List<T> options) {
        return options.get(choice(options.size()));
    }

    @SafeVarargs
    public final <T> T of(T... options) {
        return options[choice(options.length)];
    }

    /** The choices so far: replaying them gives the same value. */
    public List<Integer> choices() {
        return List.copyOf(taken);
    }
}
