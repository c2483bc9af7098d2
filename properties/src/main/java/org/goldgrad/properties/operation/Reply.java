package org.goldgrad.properties.operation;

import org.goldgrad.analytic.definition.Outputs;

/** What an implementation says to a question. */
public sealed interface Reply {
    /** The outputs. */
    record Answered(Outputs outputs) implements Reply {}

    /** It cannot do this, and why. */
    record Declined(String reason) implements Reply {}
}
