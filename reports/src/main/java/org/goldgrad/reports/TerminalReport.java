package org.goldgrad.reports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.goldgrad.golden.judge.CaseResult;
import org.goldgrad.golden.judge.OperationResult;
import org.goldgrad.golden.judge.Run;
import org.goldgrad.golden.judge.Verdict;

/** A run for a terminal: a table, then a paragraph for every operation that does not simply agree, then the verdict. */
record TerminalReport(Run run) {
    private static final int REASONS = 3;
    private static final int HASH = 12;

    List<String> lines() {
        Summary summary = Summary.of(run);
        List<Absent> absent = Absent.of(run);
        List<OperationResult> present = run.operations().stream()
                .filter(result ->
                        absent.stream().noneMatch(group -> group.operations().contains(result)))
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add(title());
        lines.add("");
        lines.addAll(table(summary, present, absent));
        lines.add("");
        for (OperationResult result : present) {
            if (result.agrees() < result.cases().size()
                    || !result.warnings().isEmpty()
                    || !Sampled.of(result).isEmpty()) {
                lines.addAll(paragraph(result, summary));
                lines.add("");
            }
        }
        for (Absent group : absent) {
            lines.addAll(group.lines());
            lines.add("");
        }
        if (summary.notAsked() > 0) {
            lines.add(Numbers.count(summary.notAsked(), "case") + " under conventions that " + summary.name()
                    + " does not follow " + (summary.notAsked() == 1 ? "was" : "were") + " not asked.");
        }
        lines.add(summary.sentence());
        return lines.stream().map(Lines::harmless).toList();
    }

    /** What was judged, in what, by what. */
    private String title() {
        Map<String, String> header = run.header();
        String corpus = header.getOrDefault("corpus", "");
        return Stream.of(
                        header.getOrDefault("version", ""),
                        header.getOrDefault("format", ""),
                        "golden cases " + corpus.substring(0, Math.min(corpus.length(), HASH)))
                .collect(Collectors.joining("; "));
    }

    private List<String> table(Summary summary, List<OperationResult> present, List<Absent> absent) {
        TextTable table = new TextTable(
                1, "operation", "cases", "agrees", "differs", "declined", "crashed", "ulp", "digits", "bits");
        for (OperationResult result : present) {
            table.row(List.of(
                    result.operation(),
                    Numbers.orDot(result.cases().size()),
                    Numbers.orDot(result.agrees()),
                    Numbers.orDot(result.differs()),
                    Numbers.orDot(result.declined()),
                    Numbers.orDot(result.crashed()),
                    Numbers.ulp(result.ulp()),
                    Numbers.tenth(result.digits()),
                    Numbers.tenth(result.bits())));
        }
        for (Absent group : absent) {
            String all = Numbers.orDot(group.cases());
            table.row(List.of(group.operations().size() + " declined", all, "·", "·", all, "·", "", "", ""));
        }
        table.row(List.of(
                Numbers.count(run.operations().size(), "operation"),
                Numbers.orDot(summary.cases()),
                Numbers.orDot(summary.agrees()),
                Numbers.orDot(summary.differs()),
                Numbers.orDot(summary.declined()),
                Numbers.orDot(summary.crashed()),
                Numbers.ulp(summary.ulp()),
                Numbers.tenth(summary.digits()),
                Numbers.tenth(summary.bits())));
        return table.lines();
    }

    private static List<String> paragraph(OperationResult result, Summary summary) {
        List<String> lines = new ArrayList<>();
        lines.add(result.operation() + " " + Summary.troubles(result) + ".");
        result.diagnosis().ifPresent(diagnosis -> lines.addAll(Lines.wrapped(diagnosis.summary())));
        Failure.of(result).stream().findFirst().ifPresent(worst -> {
            lines.addAll(Lines.wrapped(
                    "worst: " + worst.caseId() + ": " + worst.verdict().reason()));
            if (!worst.verdict().divergence().isEmpty()) {
                lines.addAll(Lines.wrapped("first wrong: " + worst.verdict().divergence()));
            }
            worst.verdict().notes().forEach(note -> lines.addAll(Lines.wrapped("note: " + note)));
        });
        Sampled.of(result).stream()
                .findFirst()
                .ifPresent(sample -> lines.addAll(
                        Lines.wrapped("judged by samples, as in " + sample.caseId() + ": " + sample.statement())));
        reasons(result).forEach(reason -> lines.addAll(Lines.wrapped(reason)));
        result.warnings().forEach(warning -> lines.addAll(Lines.wrapped("warning: " + warning)));
        if (result.differs() + result.crashed() > 0) {
            lines.add(Lines.INDENT + "rerun: " + summary.rerun(result));
        }
        return lines;
    }

    /** Why cases were declined or crashed, the first few reasons, each with the number of its cases. */
    private static List<String> reasons(OperationResult result) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (CaseResult one : result.cases()) {
            if (one.verdict() instanceof Verdict.Declined declined) {
                counts.merge("declined: " + declined.reason(), 1, Integer::sum);
            } else if (one.verdict() instanceof Verdict.Crashed crashed) {
                counts.merge("crashed: " + crashed.reason(), 1, Integer::sum);
            }
        }
        List<String> reasons = new ArrayList<>();
        counts.forEach((reason, cases) -> reasons.add(reason + " (" + Numbers.count(cases, "case") + ")"));
        return reasons.size() <= REASONS
                ? reasons
                : Stream.concat(
                                reasons.stream().limit(REASONS),
                                Stream.of("and " + Numbers.count(reasons.size() - REASONS, "more reason")))
                        .toList();
    }
}
