package org.goldgrad.reports;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.goldgrad.golden.judge.CaseResult;
import org.goldgrad.golden.judge.Diagnosis;
import org.goldgrad.golden.judge.OperationResult;
import org.goldgrad.golden.judge.Verdict;
import org.goldgrad.golden.vectors.Decimal;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.operation.Claim;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Counterexample;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reference;

/** What the page says about one operation, as plain values for the template. */
final class PageSection {
    private static final int FAILURES = 12;
    private static final int CANDIDATES = 5;

    private PageSection() {}

    static Map<String, Object> of(
            Operation operation, OperationResult result, List<GoldenCase> cases, Map<String, String> declared) {
        Map<String, String> titles =
                cases.stream().collect(Collectors.toMap(GoldenCase::id, GoldenCase::title, (first, same) -> first));
        List<Failure> failures = Failure.of(result);
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("id", operation.id());
        section.put("title", operation.title());
        section.put("formula", operation.formula());
        section.put("source", operation.source());
        section.put("curves", Curves.of(operation, cases));
        section.put("tone", tone(result));
        section.put("cases", result.cases().size());
        section.put("agrees", result.agrees());
        section.put("differs", result.differs());
        section.put("declined", result.declined());
        section.put("crashed", result.crashed());
        section.put("notAsked", result.notAsked());
        section.put("ulp", Numbers.ulp(result.ulp()));
        section.put("digits", Numbers.tenth(result.digits()));
        section.put("bits", Numbers.tenth(result.bits()));
        section.put("troubles", Summary.troubles(result));
        section.put("warnings", result.warnings());
        section.put(
                "conventions",
                operation.conventions().stream()
                        .map(convention -> convention(convention, declared))
                        .toList());
        section.put(
                "claims", operation.claims().stream().map(PageSection::claim).toList());
        section.put(
                "mistakes",
                operation.mistakes().stream()
                        .map(mistake -> mistake(mistake, cases))
                        .toList());
        section.put(
                "diagnosis",
                result.diagnosis().stream().map(PageSection::diagnosis).toList());
        section.put(
                "failures",
                failures.stream()
                        .limit(FAILURES)
                        .map(failure -> failure(failure, titles))
                        .toList());
        section.put(
                "samples",
                Sampled.of(result).stream()
                        .map(sample -> Map.of("id", sample.caseId(), "statement", sample.statement()))
                        .toList());
        section.put("unshown", Math.max(0, failures.size() - FAILURES));
        section.put("reasons", reasons(result));
        return section;
    }

    /** The worst that happened, as one word; also the name of its style. */
    private static String tone(OperationResult result) {
        return result.crashed() > 0
                ? "crashed"
                : result.differs() > 0
                        ? "differs"
                        : result.declined() > 0 ? "declined" : result.agrees() > 0 ? "agrees" : "unasked";
    }

    private static Map<String, Object> convention(Convention convention, Map<String, String> declared) {
        String choice = declared.getOrDefault(convention.id(), "");
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", convention.id());
        row.put("title", convention.title());
        row.put("choice", choice);
        row.put("meaning", convention.choices().getOrDefault(choice, ""));
        row.put("choices", convention.choices());
        return row;
    }

    private static Map<String, Object> claim(Claim claim) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", claim.id());
        row.put("holds", claim.status() == Claim.Status.HOLDS);
        row.put("statement", claim.statement());
        row.put("correction", claim.correction());
        if (claim.status() == Claim.Status.REFUTED) {
            row.put(
                    "counterexample",
                    Counterexample.of(claim, new Reference())
                            .map(Counterexample::toString)
                            .orElse("none found"));
        }
        row.put("source", claim.source());
        return row;
    }

    private static Map<String, Object> mistake(Mistake mistake, List<GoldenCase> cases) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", mistake.id());
        row.put("did", mistake.did());
        row.put("formula", mistake.formula());
        row.put(
                "rejecting",
                cases.stream()
                        .filter(golden -> golden.kills().contains(mistake.id()))
                        .count());
        row.put("threads", mistake.source().stream().map(PageSection::thread).toList());
        return row;
    }

    /** Only an address on the web becomes a link. */
    private static Map<String, Object> thread(String source) {
        return Map.of("text", source, "linked", source.startsWith("https://") || source.startsWith("http://"));
    }

    private static Map<String, Object> diagnosis(Diagnosis diagnosis) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("summary", diagnosis.summary());
        row.put("cases", diagnosis.cases());
        row.put(
                "candidates",
                diagnosis.candidates().stream()
                        .limit(CANDIDATES)
                        .map(PageSection::candidate)
                        .toList());
        return row;
    }

    private static Map<String, Object> candidate(Diagnosis.Candidate candidate) {
        return Map.of(
                "kind", candidate.kind(),
                "id", candidate.id(),
                "did", candidate.did(),
                "formula", candidate.formula(),
                "support", candidate.support(),
                "contradicted", candidate.contradicted());
    }

    private static Map<String, Object> failure(Failure failure, Map<String, String> titles) {
        Verdict.Worst worst = failure.verdict().worst();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", failure.caseId());
        row.put("title", titles.getOrDefault(failure.caseId(), ""));
        row.put("reason", failure.beyondNumbers());
        row.put("divergence", failure.verdict().divergence());
        row.put("notes", failure.verdict().notes());
        row.put("element", worst.element());
        row.put("expected", Decimal.shortest(worst.expected()));
        row.put("actual", Decimal.shortest(worst.actual()));
        row.put("allowed", Double.isNaN(worst.allowed()) ? "" : Numbers.error(worst.allowed()));
        return row;
    }

    /** Why cases were declined or crashed, each reason once. */
    private static List<Map<String, Object>> reasons(OperationResult result) {
        return result.cases().stream()
                .flatMap(PageSection::reason)
                .collect(Collectors.groupingBy(reason -> reason, LinkedHashMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> Map.<String, Object>of(
                        "verdict",
                        entry.getKey().get(0),
                        "reason",
                        entry.getKey().get(1),
                        "cases",
                        Numbers.count(entry.getValue().intValue(), "case")))
                .toList();
    }

    private static Stream<List<String>> reason(CaseResult one) {
        if (one.verdict() instanceof Verdict.Declined declined) {
            return Stream.of(List.of("declined", declined.reason()));
        }
        if (one.verdict() instanceof Verdict.Crashed crashed) {
            return Stream.of(List.of("crashed", crashed.reason()));
        }
        return Stream.empty();
    }
}
