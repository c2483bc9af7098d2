package org.goldgrad.golden.judge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.goldgrad.golden.sampling.Series;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;

/** Asks an implementation every golden case that its conventions admit, in order, and judges what it says. */
public record Examiner(Implementation implementation, Progress progress) {

    /**
     * A whole run.
     *
     * @param cases the golden cases of an operation
     * @param corpus the hash of all of them, for the header
     */
    public Run examine(List<Operation> operations, Function<Operation, List<GoldenCase>> cases, String corpus) {
        return examine(operations, cases, corpus, List.of(), Map.of());
    }

    /**
     * The rest of a run that was interrupted.
     *
     * @param known what is known of some operations already; progress hears of it again, but nothing of it is asked
     * @param more for the end of the header
     */
    public Run examine(
            List<Operation> operations,
            Function<Operation, List<GoldenCase>> cases,
            String corpus,
            List<OperationResult> known,
            Map<String, String> more) {
        Map<Operation, List<GoldenCase>> questions = new LinkedHashMap<>();
        operations.forEach(operation -> questions.put(operation, cases.apply(operation)));
        Map<String, String> header = header(corpus, more);
        progress.begins(
                header,
                questions.entrySet().stream()
                        .mapToInt(e -> admitted(e.getKey(), e.getValue()).size())
                        .sum());
        List<OperationResult> results = new ArrayList<>();
        questions.forEach((operation, golden) -> results.add(known.stream()
                .filter(result -> result.operation().equals(operation.id()))
                .findFirst()
                .map(this::told)
                .orElseGet(() -> examine(operation, golden))));
        Run run = new Run(header, results);
        progress.ends(run);
        return run;
    }

    private OperationResult told(OperationResult result) {
        result.cases().forEach(progress::judged);
        progress.judged(result);
        return result;
    }

    private Map<String, String> header(String corpus, Map<String, String> more) {
        Map<String, String> header = new LinkedHashMap<>();
        header.put("implementation", implementation.name());
        header.put("version", implementation.version());
        header.put("format", Judge.name(implementation.format()));
        header.put("corpus", corpus);
        header.put("jvm", Runtime.version().toString());
        String own = Examiner.class.getPackage().getImplementationVersion();
        header.put("goldgrad", Objects.requireNonNullElse(own, "development"));
        header.putAll(more);
        return Collections.unmodifiableMap(header);
    }

    private List<GoldenCase> admitted(Operation operation, List<GoldenCase> cases) {
        Map<String, String> declared = implementation.conventions(operation);
        return cases.stream().filter(golden -> golden.follows(declared)).toList();
    }

    /** One operation. */
    public OperationResult examine(Operation operation, List<GoldenCase> cases) {
        List<GoldenCase> admitted = admitted(operation, cases);
        List<CaseResult> results = new ArrayList<>();
        List<Diagnostician.Answered> answers = new ArrayList<>();
        List<GoldenCase> unanswered = new ArrayList<>(cases);
        List<List<Bias>> evidence = new ArrayList<>();
        implementation.ahead(
                operation,
                admitted.stream()
                        .filter(golden ->
                                Judge.unaskable(golden, implementation.format()).isEmpty())
                        .flatMap(golden -> operation.sampled()
                                ? Series.first(golden.inputs()).stream()
                                : Stream.of(golden.inputs()))
                        .toList());
        for (GoldenCase golden : admitted) {
            Judge.Judgment judgment;
            try {
                judgment =
                        Judge.weigh(operation, golden, Judge.asked(operation, implementation), implementation.format());
            } catch (Crash crash) {
                judgment = new Judge.Judgment(new Verdict.Crashed(crash.reason()));
            }
            Verdict verdict = judgment.verdict();
            if (verdict instanceof Verdict.Agrees) {
                evidence.add(judgment.evidence());
            }
            judgment.answer().ifPresent(o -> {
                answers.add(new Diagnostician.Answered(golden, o, verdict instanceof Verdict.Agrees));
                unanswered.remove(golden);
            });
            CaseResult result = new CaseResult(golden.id(), operation.id(), verdict);
            results.add(result);
            progress.judged(result);
        }
        OperationResult result = OperationResult.of(
                operation.id(),
                results,
                cases.size() - admitted.size(),
                diagnosis(operation, answers, unanswered),
                Bias.warnings(evidence));
        progress.judged(result);
        return result;
    }

    private Optional<Diagnosis> diagnosis(
            Operation operation, List<Diagnostician.Answered> answers, List<GoldenCase> unanswered) {
        return answers.stream().allMatch(Diagnostician.Answered::right)
                ? Optional.empty()
                : Optional.of(Diagnostician.diagnose(
                        operation,
                        implementation.format(),
                        implementation.conventions(operation),
                        answers,
                        unanswered));
    }
}
