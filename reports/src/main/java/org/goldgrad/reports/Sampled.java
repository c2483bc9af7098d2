package org.goldgrad.reports;

import java.util.List;
import java.util.stream.Stream;
import org.goldgrad.golden.judge.CaseResult;
import org.goldgrad.golden.judge.OperationResult;
import org.goldgrad.golden.judge.Verdict;

/** A case whose answer was drawn at random and follows its law, and what that is worth. */
record Sampled(String caseId, String statement) {
    /** All of an operation. */
    static List<Sampled> of(OperationResult result) {
        return result.cases().stream().flatMap(Sampled::of).toList();
    }

    private static Stream<Sampled> of(CaseResult result) {
        return result.verdict() instanceof Verdict.Agrees agrees
                        && !agrees.statement().isEmpty()
                ? Stream.of(new Sampled(result.caseId(), agrees.statement()))
                : Stream.empty();
    }
}
