package org.goldgrad.properties.operation;

import org.goldgrad.properties.draw.Draw;

/**
 * A statement about an operation, with its status and the law that checks it.
 *
 * @param id permanent, in kebab-case
 * @param statement a sentence that can be false, with every hypothesis
 * @param correction what is true instead, where the statement is refuted; empty where it holds
 */
public record Claim(String id, String statement, String source, Status status, String correction, Law law) {
    public enum Status {
        /** True for every input that meets the hypotheses. */
        HOLDS,
        /** Said by a source or by folklore, and false: there is a counterexample. */
        REFUTED
    }

    public static Claim holds(String id, String statement, String source, Law law) {
        return new Claim(id, statement, source, Status.HOLDS, "", law);
    }

    public static Claim refuted(String id, String statement, String source, String correction, Law law) {
        return new Claim(id, statement, source, Status.REFUTED, correction, law);
    }

    /** What the law finds on one draw; one without a single answer, or not for the implementation, is not covered by it. */
    public Check check(Subject subject, Draw draw) {
        try {
            return law.check(subject, draw);
        } catch (Operation.IllPosed | Subject.Unanswered outside) {
            return Check.SKIPPED;
        }
    }
}
