package org.goldgrad.reports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.goldgrad.golden.judge.Diagnosis;
import org.goldgrad.golden.judge.Judge;
import org.goldgrad.golden.probe.Finding;
import org.goldgrad.golden.probe.Probe;
import org.goldgrad.golden.probe.Probed;
import org.goldgrad.properties.operation.Implementation;

/**
 * What a search found, for a terminal and for machines.
 *
 * @param options those that choose the same implementation again
 */
record ProbeReport(Implementation implementation, Probe probe, List<Probed> probed, String options) {

    Exit exit() {
        boolean found = probed.stream().anyMatch(one -> !one.findings().isEmpty());
        boolean asked = probed.stream().anyMatch(one -> one.tries() + one.checks() > 0);
        return found ? Exit.DIFFERS : asked ? Exit.CONFORMS : Exit.UNUSABLE;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(implementation.version() + "; " + Judge.name(implementation.format()) + "; seed " + probe.seed());
        lines.add("");
        lines.addAll(table());
        for (Probed one : probed) {
            if (!one.reason().isEmpty()) {
                lines.add("");
                lines.add(one.operation() + " declines " + one.declined() + " questions.");
                lines.addAll(Lines.wrapped("declined: " + one.reason()));
            }
            for (Finding finding : one.findings()) {
                lines.add("");
                lines.addAll(paragraph(one, finding));
            }
        }
        List<String> cut = probed.stream()
                .filter(one -> !one.whole())
                .map(Probed::operation)
                .toList();
        if (!cut.isEmpty()) {
            lines.add("");
            lines.addAll(Lines.wrapped("not all tries were made before the time was up (--time gives more): "
                    + String.join(", ", cut) + "."));
        }
        lines.add("");
        lines.add(sentence());
        return lines.stream().map(Lines::harmless).toList();
    }

    private List<String> table() {
        TextTable table =
                new TextTable(1, "operation", "tries", "failing", "declined", "claims", "checks", "broken", "findings");
        for (Probed one : probed) {
            table.row(List.of(
                    one.operation(),
                    Numbers.orDot(one.tries()),
                    Numbers.orDot(one.failures()),
                    Numbers.orDot(one.declined()),
                    Numbers.orDot(one.claims()),
                    Numbers.orDot(one.checks()),
                    Numbers.orDot(one.broken()),
                    Numbers.orDot(one.findings().size())));
        }
        return table.lines();
    }

    private List<String> paragraph(Probed one, Finding finding) {
        List<String> lines = new ArrayList<>();
        lines.add(heading(one, finding));
        finding.diagnosis().ifPresent(diagnosis -> lines.addAll(Lines.wrapped(diagnosis.summary())));
        String smallest = finding.smallest() ? "smallest: " : "smallest in the time there was: ";
        lines.add(Lines.INDENT + smallest + finding.line());
        if (!finding.divergence().isEmpty()) {
            lines.addAll(Lines.wrapped("first wrong: " + finding.divergence()));
        }
        if (!finding.steadiness().isEmpty()) {
            lines.addAll(Lines.wrapped("not steady: " + finding.steadiness()));
        }
        if (!finding.doubt().isEmpty()) {
            lines.addAll(Lines.wrapped("not proven, but computed to 31 digits: " + finding.doubt()));
        }
        for (Finding claim : finding.claims()) {
            lines.add(Lines.INDENT + "breaks " + claim.claim() + ": " + claim.line());
        }
        lines.add(Lines.INDENT + "again: " + again(one.operation()));
        return lines;
    }

    private static String heading(Probed one, Finding finding) {
        return finding.claim().isEmpty()
                ? one.operation() + ": " + finding.symptom() + ", in " + finding.failures() + " of " + one.tries()
                        + " tries."
                : one.operation() + ": the claim " + finding.claim() + " does not hold.";
    }

    private String again(String operation) {
        return "./goldgrad probe " + options + " --operations " + operation + " --seed " + probe.seed() + " --tries "
                + probe.tries();
    }

    private String sentence() {
        int tries = probed.stream().mapToInt(one -> one.tries() + one.checks()).sum();
        int findings = probed.stream().mapToInt(one -> one.findings().size()).sum();
        return switch (exit()) {
            case CONFORMS -> implementation.name() + ": nothing found in " + tries + " tries.";
            case DIFFERS ->
                implementation.name() + ": " + Numbers.count(findings, "finding") + " in " + tries + " tries.";
            case UNUSABLE, REFUSED -> implementation.name() + " answers nothing.";
        };
    }

    /** The same for machines. */
    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("implementation", implementation.name());
        document.put("version", implementation.version());
        document.put("seed", probe.seed());
        document.put("tries", probe.tries());
        document.put("operations", probed.stream().map(ProbeReport::operation).toList());
        return document;
    }

    private static Map<String, Object> operation(Probed one) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operation", one.operation());
        operation.put("tries", one.tries());
        operation.put("failing", one.failures());
        operation.put("declined", one.declined());
        operation.put("claims", one.claims());
        operation.put("checks", one.checks());
        operation.put("whole", one.whole());
        operation.put(
                "findings", one.findings().stream().map(ProbeReport::finding).toList());
        return operation;
    }

    private static Map<String, Object> finding(Finding finding) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("symptom", finding.symptom().toString());
        map.put("claim", finding.claim());
        map.put("failing", finding.failures());
        map.put("name", finding.name().map(Diagnosis.Candidate::id).orElse(""));
        map.put("diagnosis", finding.diagnosis().map(Diagnosis::summary).orElse(""));
        map.put("smallest", finding.line());
        map.put("finished", finding.smallest());
        map.put("first_wrong", finding.divergence());
        map.put("steadiness", finding.steadiness());
        map.put("doubt", finding.doubt());
        map.put("claims", finding.claims().stream().map(ProbeReport::finding).toList());
        return map;
    }
}
