package org.goldgrad.properties.operation;

/** A named integer of a signature, and which ones it may be. */
public record Count(String name, Whole range) {}
