package org.goldgrad.properties.operation;

import java.util.Map;
import org.goldgrad.analytic.definition.Outputs;

/** What an implementation says to a question. */
public sealed interface Reply {
    /**
     * The outputs: all that the signature names and no others, NaN where that is what was computed.
     *
     * @param intermediates whatever it tells of what it computed on the way; where an answer is wrong they say since when
     */
    record Answered(Outputs outputs, Outputs intermediates) implements Reply {
        /** The outputs alone. */
        public Answered(Outputs outputs) {
            this(outputs, new Outputs(Map.of()));
        }
    }

    /** It cannot do this, and why, as a sentence; counted apart, never as passed. */
    record Declined(String reason) implements Reply {}
}
