package org.goldgrad.golden.contract;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

/** A contract that was run as JUnit runs it, told to run whatever it may in parallel: its tests in their order. */
record Ran(List<Outcome> tests, List<Outcome> containers) {
    /** One test by its display name. */
    record Outcome(String name, Status status, Optional<Throwable> thrown) {
        private static Outcome of(Event event) {
            TestExecutionResult result = event.getRequiredPayload(TestExecutionResult.class);
            return new Outcome(event.getTestDescriptor().getDisplayName(), result.getStatus(), result.getThrowable());
        }

        String message() {
            return String.valueOf(thrown.orElseThrow().getMessage());
        }
    }

    static Ran of(Class<? extends ImplementationContract> contract) {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contract))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .execute();
        return new Ran(
                outcomes(results.testEvents().list()),
                outcomes(results.containerEvents().list()));
    }

    private static List<Outcome> outcomes(List<Event> events) {
        return events.stream()
                .filter(event -> event.getType() == EventType.FINISHED)
                .map(Outcome::of)
                .toList();
    }

    List<Outcome> tests(Status status) {
        return tests.stream().filter(test -> test.status() == status).toList();
    }

    /** The messages of failing tests by name. */
    Map<String, String> failures() {
        Map<String, String> failures = new TreeMap<>();
        tests(Status.FAILED).forEach(test -> failures.put(test.name(), test.message()));
        return failures;
    }

    Outcome test(String name) {
        return tests.stream()
                .filter(test -> test.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
