package org.goldgrad.golden.judge;

import java.util.Map;

/** Hears of a run as it goes. */
public interface Progress {
    /** The run begins. */
    default void begins(Map<String, String> header, int cases) {}

    /** A case has its verdict. */
    default void judged(CaseResult result) {}

    /** All cases of an operation have theirs. */
    default void judged(OperationResult result) {}

    /** The run is complete. */
    default void ends(Run run) {}

    /** Both hear everything, this one first. */
    default Progress and(Progress that) {
        Progress first = this;
        return new Progress() {
            @Override
            public void begins(Map<String, String> header, int cases) {
                first.begins(header, cases);
                that.begins(header, cases);
            }

            @Override
            public void judged(CaseResult result) {
                first.judged(result);
                that.judged(result);
            }

            @Override
            public void judged(OperationResult result) {
                first.judged(result);
                that.judged(result);
            }

            @Override
            public void ends(Run run) {
                first.ends(run);
                that.ends(run);
            }
        };
    }
}
