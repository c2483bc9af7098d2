package org.goldgrad.reports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.goldgrad.golden.judge.OperationResult;
import org.goldgrad.golden.judge.Run;
import org.goldgrad.golden.judge.Verdict;

/**
 * Operations that an implementation declines altogether, all for one reason, where there are many of them: who has a few
 * operations has not the patience to read about all the others.
 */
record Absent(String reason, List<OperationResult> operations) {
    private static final int MANY = 4;

    /** All such groups of a run. */
    static List<Absent> of(Run run) {
        Map<String, List<OperationResult>> byReason = new LinkedHashMap<>();
        for (OperationResult result : run.operations()) {
            Set<String> reasons = result.cases().stream()
                    .map(one -> one.verdict() instanceof Verdict.Declined declined ? declined.reason() : "")
                    .collect(Collectors.toSet());
            String only = reasons.size() == 1 ? String.join("", reasons) : "";
            if (!only.isEmpty() && result.warnings().isEmpty()) {
                byReason.computeIfAbsent(only, unused -> new ArrayList<>()).add(result);
            }
        }
        return byReason.entrySet().stream()
                .filter(group -> group.getValue().size() >= MANY)
                .map(group -> new Absent(group.getKey(), group.getValue()))
                .toList();
    }

    int cases() {
        return operations.stream().mapToInt(result -> result.cases().size()).sum();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(operations.size() + " operations are declined in all " + cases() + " cases.");
        lines.addAll(Lines.wrapped("declined: " + reason));
        lines.addAll(Lines.wrapped(
                operations.stream().map(OperationResult::operation).collect(Collectors.joining(", "))));
        return lines;
    }
}
