package org.goldgrad.properties.operation;

/**
 * A named integer of a signature, from least up to the size of an axis less a margin.
 *
 * @param below the axis whose size bounds it
 */
public record Count(String name, int least, String below, int margin) {}
