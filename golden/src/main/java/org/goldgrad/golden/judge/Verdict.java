package org.goldgrad.golden.judge;

import java.util.List;

/** What became of one case; a case that was not asked has no verdict. */
public sealed interface Verdict {
    /**
     * Every element is within its budget, or every test of a sample finds nothing unlikely.
     *
     * @param precision how close it came
     * @param warning a systematic bias that the budgets allow but independent roundings would hardly make; empty if none
     * @param statement how large a sample it is that follows its law, and what that is worth; empty where numbers agree
     */
    record Agrees(Precision precision, String warning, String statement) implements Verdict {
        /** An agreement of numbers. */
        public Agrees(Precision precision, String warning) {
            this(precision, warning, "");
        }
    }

    /**
     * Some element is further off than any honest rounding explains.
     *
     * @param worst the element furthest outside its budget
     * @param reason one sentence: a wrong value, a systematic bias, a wrong shape, a NaN, a missing output
     * @param divergence which element of which output or intermediate is wrong first in the order of computation, as one
     *     phrase; empty if that tells no more than the worst element does
     * @param notes which of the intermediates that came with the answer could not be compared, and why; of a sample, what
     *     the verdict is worth
     */
    record Differs(Precision precision, Worst worst, String reason, String divergence, List<String> notes)
            implements Verdict {
        public Differs {
            notes = List.copyOf(notes);
        }
    }

    /** The implementation says that it cannot do this. */
    record Declined(String reason) implements Verdict {}

    /** It failed instead of answering. */
    record Crashed(String reason) implements Verdict {}

    /** One element that is off: {@code h[3,0,1]}; empty and NaN where names or shapes are wrong. */
    record Worst(String element, double expected, double actual, double allowed) {}

    /**
     * How close an answer came; NaN where names or shapes are wrong and nothing can be measured.
     *
     * @param ulp the worst error in units in the last place of the implementation's format
     * @param budgets the worst error in units of what is allowed
     * @param digits the fewest correct decimal digits of any element (log relative error, as NIST StRD)
     * @param bits the effective precision: the unit roundoff, as −log₂, that would explain the worst error
     */
    record Precision(double ulp, double budgets, double digits, double bits) {
        /** Of what is not measured in this way: wrong shapes, and samples. */
        public static final Precision UNMEASURED = new Precision(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
}
