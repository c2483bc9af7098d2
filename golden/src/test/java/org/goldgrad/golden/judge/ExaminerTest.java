package org.goldgrad.golden.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Reply;
import org.junit.jupiter.api.Test;

class ExaminerTest {
    @Test
    void an_honest_implementation_conforms() {
        Run run = Steps.run(Steps.computing(Steps.MOMENTUM.definition()), new Progress() {});
        OperationResult result = run.operations().get(0);
        assertTrue(run.conforms());
        assertEquals(6, result.agrees());
        assertEquals(0, result.notAsked());
        assertTrue(result.diagnosis().isEmpty());
        assertTrue(result.warnings().isEmpty());
        assertTrue(result.digits() > 5 && result.ulp() < 10 && result.bits() >= 24, result::toString);
    }

    @Test
    void the_header_says_who_judged_what() {
        Map<String, String> header = Steps.run(Steps.computing(Steps.MOMENTUM.definition()), new Progress() {})
                .header();
        assertEquals(
                List.of("implementation", "version", "format", "corpus", "jvm", "goldgrad"),
                List.copyOf(header.keySet()));
        assertEquals(
                "fake 1.0 binary32 abc123",
                String.join(" ", List.copyOf(header.values()).subList(0, 4)));
    }

    @Test
    void only_cases_of_the_declared_convention_are_asked() {
        List<String> asked = new ArrayList<>();
        Implementation outside = Steps.answering(Map.of("rate", "outside"), (operation, inputs) -> {
            asked.add(inputs.convention("rate"));
            return Steps.answered(operation.definition(), inputs);
        });
        OperationResult result = Steps.examine(outside);
        assertEquals(List.of("outside", "outside"), asked);
        assertEquals(4, result.notAsked());
        assertEquals(2, result.agrees());
    }

    @Test
    void progress_is_told_in_order() {
        List<String> heard = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void begins(Map<String, String> header, int cases) {
                heard.add(header.get("implementation") + " " + cases);
            }

            @Override
            public void judged(CaseResult result) {
                heard.add(result.caseId().substring("optimization.momentum/".length()));
            }

            @Override
            public void judged(OperationResult result) {
                heard.add(result.operation());
            }

            @Override
            public void ends(Run run) {
                heard.add("end");
            }
        };
        Steps.run(Steps.computing(Steps.MOMENTUM.definition()), progress.and(new Progress() {}));
        assertEquals(
                List.of(
                        "fake 6",
                        "inside-001",
                        "inside-002",
                        "outside-001",
                        "outside-002",
                        "half-001",
                        "half-002",
                        "optimization.momentum",
                        "end"),
                heard);
    }

    @Test
    void a_crash_is_survived_and_reported() {
        Implementation crashing = Steps.answering(
                Map.of(), (operation, inputs) -> switch (inputs.toString().length() % 2) {
                    case 0 -> throw new IllegalStateException("no native library");
                    default -> recursion(0);
                });
        OperationResult result = Steps.examine(crashing);
        assertEquals(6, result.crashed());
        assertTrue(Double.isNaN(result.digits()) && result.diagnosis().isEmpty());
        result.cases().forEach(c -> {
            String reason = assertInstanceOf(Verdict.Crashed.class, c.verdict()).reason();
            assertTrue(
                    reason.equals("IllegalStateException: no native library") || reason.equals("StackOverflowError"),
                    reason);
        });
    }

    @SuppressWarnings("InfiniteRecursion")
    private static Reply recursion(int depth) {
        return recursion(depth + 1);
    }

    @Test
    void an_error_of_the_virtual_machine_ends_the_run() {
        Implementation exhausting = Steps.answering(Map.of(), (operation, inputs) -> {
            throw new OutOfMemoryError("heap");
        });
        assertThrows(OutOfMemoryError.class, () -> Steps.examine(exhausting));
    }

    @Test
    void a_refusal_is_counted_apart() {
        OperationResult result =
                Steps.examine(Steps.answering(Map.of(), (operation, inputs) -> new Reply.Declined("not here")));
        assertEquals(6, result.declined());
        assertEquals(0, result.agrees());
    }
}
