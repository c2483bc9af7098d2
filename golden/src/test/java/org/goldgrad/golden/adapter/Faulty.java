package org.goldgrad.golden.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.goldgrad.golden.Program;
import org.goldgrad.golden.judge.CaseResult;
import org.goldgrad.golden.judge.Examiner;
import org.goldgrad.golden.judge.Progress;
import org.goldgrad.golden.judge.Run;
import org.goldgrad.golden.judge.Verdict;
import org.goldgrad.golden.vectors.Corpus;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Operation;

/** The adapter that commits one fault, golden/src/test/adapters/faulty.py, and runs with it. */
record Faulty(String fault, String token, Limits limits) {
    static final String VICTIM = "optimization.momentum/inside-013";
    static final Limits LIMITS = new Limits(Duration.ofSeconds(2), Duration.ofSeconds(10), 1 << 20, 10, 16);

    /** Tests run in the module's folder. */
    private static final Path SCRIPT = Path.of("src/test/adapters/faulty.py").toAbsolutePath();

    static final Operation MOMENTUM = Catalogue.operations().stream()
            .filter(operation -> operation.id().equals("optimization.momentum"))
            .findFirst()
            .orElseThrow();
    static final Corpus CORPUS = Corpus.load(Path.of("vectors"), Catalogue.operations());
    static final List<GoldenCase> CASES = CORPUS.cases(MOMENTUM.id());

    static Faulty of(String fault) {
        return new Faulty(fault, UUID.randomUUID().toString(), LIMITS);
    }

    Faulty within(Limits others) {
        return new Faulty(fault, token, others);
    }

    static void requirePython() {
        Program.require("python3");
    }

    /** Skips the test where a program is not there. */
    String command() {
        return "/usr/bin/env python3 '" + SCRIPT + "' " + fault + " " + token;
    }

    Adapter start() throws Unusable {
        return Adapter.start(command(), limits, Catalogue.operations());
    }

    /** What came of a run. */
    record Outcome(Run run, Map<String, Verdict> verdicts, List<String> notes) {
        Verdict victim() {
            return Objects.requireNonNull(verdicts.get(VICTIM));
        }

        long agreeing() {
            return verdicts.values().stream()
                    .filter(Verdict.Agrees.class::isInstance)
                    .count();
        }
    }

    /** Asks all cases of momentum, and requires that no process is left. */
    Outcome examined() throws Unusable {
        return examined(new Progress() {});
    }

    Outcome examined(Progress progress) throws Unusable {
        try (Adapter adapter = start()) {
            Run run = new Examiner(adapter, progress).examine(List.of(MOMENTUM), operation -> CASES, CORPUS.hash());
            Map<String, Verdict> verdicts = run.operations().get(0).cases().stream()
                    .collect(Collectors.toMap(CaseResult::caseId, CaseResult::verdict));
            assertEquals(CASES.size(), verdicts.size());
            return new Outcome(run, verdicts, adapter.notes());
        } finally {
            leavesNothingBehind();
        }
    }

    /** No process has the token among its arguments. */
    void leavesNothingBehind() {
        assertEquals(
                List.of(),
                ProcessHandle.allProcesses()
                        .map(ProcessHandle::info)
                        .map(ProcessHandle.Info::commandLine)
                        .flatMap(line -> line.stream())
                        .filter(line -> line.contains(token))
                        .toList());
    }
}
