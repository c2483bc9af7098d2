package org.goldgrad.properties.operation;

import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Inputs;

/** Something that answers questions, and is judged by its answers. */
public interface Implementation {
    /** What people call it: {@code nd4j}. */
    String name();

    /** Its version, language and whatever else identifies it. */
    String version();

    /** The format that it computes in. */
    Format format();

    /**
     * The choices that it makes where correct implementations differ, by convention; a convention that is absent is one
     * in which it follows whatever the question asks.
     */
    Map<String, String> conventions(Operation operation);

    /** Hears which questions come next, in this order, so that it may begin with them; none is promised to be asked. */
    default void ahead(Operation operation, List<Inputs> questions) {}

    /** Its answer; an exception is a crash. */
    Reply answer(Operation operation, Inputs inputs);

    /** A crash whose reason is told in words, where no exception of Java's is the cause. */
    final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String symptom;
        private final String reason;

        /**
         * A failure.
         *
         * @param symptom what kind of failure it is, in a few words that are the same whenever it happens
         */
        public Failure(String symptom, String reason) {
            super(reason, null, false, false);
            this.symptom = symptom;
            this.reason = reason;
        }

        /** {@code ValueError}, {@code ended}, {@code no answer in time}. */
        public String symptom() {
            return symptom;
        }

        /** One line for strangers: what happened, and the evidence. */
        public String reason() {
            return reason;
        }
    }
}
