package org.goldgrad.properties.operation;

import java.util.List;

/**
 * A named array of a signature.
 *
 * @param dimensions the name of each axis, or its fixed length: {@code features, 4, hidden}
 * @param setting whether people call it a setting rather than data: a rate, a probability
 */
public record Argument(String name, List<String> dimensions, Elements domain, boolean setting) {
    public Argument {
        dimensions = List.copyOf(dimensions);
    }

    /** {@code U: features×4×hidden}. */
    @Override
    public String toString() {
        return name + ": " + (dimensions.isEmpty() ? "scalar" : String.join("×", dimensions));
    }
}
