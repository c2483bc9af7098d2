package org.goldgrad.properties.operation;

/**
 * An output or an intermediate, at its place in the order of computation.
 *
 * @param backwards whether its steps are computed from the last to the first, after all that is not
 */
public record Computed(Argument argument, boolean backwards) {
    public String name() {
        return argument.name();
    }
}
