package org.goldgrad.golden.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.goldgrad.golden.judge.Crash;
import org.goldgrad.golden.judge.Diagnosis;
import org.goldgrad.golden.judge.Examiner;
import org.goldgrad.golden.judge.Judge;
import org.goldgrad.golden.judge.OperationResult;
import org.goldgrad.golden.judge.Progress;
import org.goldgrad.golden.judge.Verdict;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** The golden cases of one operation as tests, and, where some differ, a last one that says why. */
final class Examination {
    private final Operation operation;
    private final List<GoldenCase> cases;
    private final Memory implementation;
    private final Map<String, String> declared;
    private boolean answered;
    private boolean differs;

    Examination(Operation operation, List<GoldenCase> cases, Implementation implementation) {
        this.operation = operation;
        this.cases = cases;
        this.implementation = new Memory(implementation);
        this.declared = implementation.conventions(operation);
    }

    Operation operation() {
        return operation;
    }

    /** One after the other: the last is there only if one before it differed. */
    Stream<DynamicNode> tests() {
        Optional<String> objection = operation.objection(declared);
        if (objection.isPresent()) {
            return Stream.of(failing("conventions", "it declares what there is not: " + objection.get()));
        }
        return Stream.concat(
                cases.stream()
                        .filter(golden -> golden.follows(declared))
                        .map(golden ->
                                DynamicTest.dynamicTest(golden.id() + ": " + golden.title(), () -> judge(golden))),
                Stream.of("diagnosis")
                        .filter(name -> differs)
                        .map(name -> DynamicTest.dynamicTest(name, this::diagnose)));
    }

    /** A test that fails if there were cases, and none of them was answered. */
    static Stream<DynamicNode> unanswered(List<Examination> examinations) {
        return Stream.of("answers")
                .filter(name -> examinations.stream().noneMatch(examination -> examination.answered))
                .map(name -> failing(name, "no golden case was answered: nothing is known of this implementation"));
    }

    private static DynamicNode failing(String name, String message) {
        return DynamicTest.dynamicTest(name, () -> {
            throw new AssertionFailedError(message);
        });
    }

    private void judge(GoldenCase golden) {
        Verdict verdict = verdict(golden);
        if (verdict instanceof Verdict.Declined declined) {
            throw new TestAbortedException(golden.id() + " is declined: " + declined.reason());
        }
        answered = true;
        if (verdict instanceof Verdict.Differs difference) {
            differs = true;
            throw failure(golden, difference);
        }
    }

    private Verdict verdict(GoldenCase golden) {
        try {
            return Judge.judge(operation, golden, implementation);
        } catch (Crash crash) {
            answered = true;
            throw new AssertionFailedError(golden.id() + " crashed: " + crash.reason(), crash.getCause());
        }
    }

    private static AssertionFailedError failure(GoldenCase golden, Verdict.Differs difference) {
        String since = difference.divergence().isEmpty() ? "" : "; first wrong: " + difference.divergence();
        String message = golden.id() + " differs: " + difference.reason() + since;
        Verdict.Worst worst = difference.worst();
        return worst.element().isEmpty()
                ? new AssertionFailedError(message)
                : new AssertionFailedError(message, worst.expected(), worst.actual());
    }

    /** Judges all cases again, by what was said of them, and looks for the mistake behind those that differ. */
    private void diagnose() {
        OperationResult result = new Examiner(implementation, new Progress() {}).examine(operation, cases);
        throw new AssertionFailedError(operation.id() + " differs in " + result.differs() + " of "
                + result.cases().size() + " cases. "
                + result.diagnosis().map(Diagnosis::summary).orElse(""));
    }
}
