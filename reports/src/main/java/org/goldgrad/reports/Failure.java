package org.goldgrad.reports;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.goldgrad.golden.judge.CaseResult;
import org.goldgrad.golden.judge.OperationResult;
import org.goldgrad.golden.judge.Verdict;

/** A case whose answer differs, in words. */
record Failure(String caseId, Verdict.Differs verdict) {
    /** All of an operation, worst first. */
    static List<Failure> of(OperationResult result) {
        return result.cases().stream()
                .flatMap(Failure::of)
                .sorted(Comparator.comparingDouble(Failure::badness).reversed())
                .toList();
    }

    private static Stream<Failure> of(CaseResult result) {
        return result.verdict() instanceof Verdict.Differs differs
                ? Stream.of(new Failure(result.caseId(), differs))
                : Stream.empty();
    }

    /** The reason, without the numbers where a table has them beside it. */
    String beyondNumbers() {
        String reason = verdict.reason();
        String element = verdict.worst().element();
        int end = reason.indexOf(": ");
        return !element.isEmpty() && reason.startsWith(element + " is ") && end > 0
                ? reason.substring(end + 2)
                : reason;
    }

    /** NaN, a shape or a missing output is worse than any number. */
    private double badness() {
        double budgets = verdict.precision().budgets();
        return Double.isNaN(budgets) ? Double.POSITIVE_INFINITY : budgets;
    }
}
