package org.goldgrad.reference.optimization;

/** Settings that are more than 0. */
final class Positive {
    private Positive() {}

    /** Refuses what is not: {@code limit must be > 0, is -1.0}. */
    static void require(String name, double setting) {
        if (!(setting > 0)) {
            throw new IllegalArgumentException(name + " must be > 0, is " + setting);
        }
    }
}
