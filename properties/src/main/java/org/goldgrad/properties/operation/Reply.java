package org.goldgrad.properties.operation;

import java.util.Map;
import org.goldgrad.analytic.definition.Outputs;

/** What an implementation says to a question. */
public sealed interface Reply {
    /**
     * The outputs.
     *
     * @param intermediates whatever it tells of what it computed on the way; where an answer is wrong they say since when
     */
    record Answered(Outputs outputs, Outputs intermediates) implements Reply {
        /** The outputs alone. */
        public Answered(Outputs outputs) {
            this(outputs, new Outputs(Map.of()));
        }
    }

    /** It cannot do this, and why. */
    record Declined(String reason) implements Reply {}
}
