package org.goldgrad.golden.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.golden.judge.Diagnosis;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Claim;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ProbeTest {
    private static final Operation MOMENTUM = Catalogue.operation("optimization.momentum");
    private static final Map<String, String> OUTSIDE = Map.of("rate", "outside");

    private static List<Probed> probe(Implementation implementation, int tries, List<Operation> operations) {
        return new Probe(implementation, tries, 1, Duration.ofMinutes(5)).run(operations, (id, tried, failed) -> {});
    }

    private static Probed probe(Implementation implementation, Operation operation) {
        return probe(implementation, 300, List.of(operation)).get(0);
    }

    private static Finding only(Probed probed) {
        assertEquals(1, probed.findings().size(), probed.toString());
        return probed.findings().get(0);
    }

    @Test
    void nothing_is_found_in_the_reference() {
        for (Probed probed : probe(new Reference(), 150, Catalogue.operations())) {
            assertEquals(List.of(), probed.findings());
            // Half of the questions to a net have no single answer: one of its weights lies on no path.
            boolean sampled = Catalogue.operation(probed.operation()).sampled();
            assertTrue(sampled || probed.tries() > 70, probed.toString());
            assertTrue(probed.claims() == 0 || probed.checks() > 0, probed.toString()); // 0: laws of mathematics alone
        }
    }

    /** Neither in answers nor in claims, although every operation is rounded. */
    @ParameterizedTest
    @EnumSource(names = {"BINARY32", "BFLOAT16"})
    void nothing_is_found_in_honest_low_precision(Format format) {
        List<Operation> rounded = Catalogue.operations().stream()
                .filter(operation -> !operation.sampled())
                .toList();
        for (Probed probed : probe(Answering.honestly(format), 60, rounded)) {
            assertEquals(List.of(), probed.findings());
        }
    }

    @Test
    void every_mistake_of_momentum_and_ridge_is_named() {
        for (Operation operation : List.of(MOMENTUM, Catalogue.operation("regularization.ridge_solution"))) {
            for (Map<String, String> variant : operation.variants()) {
                for (Mistake mistake : operation.mistakes()) {
                    if (mistake.applies().test(variant)) {
                        List<Finding> findings = probe(
                                        Answering.defined(operation, mistake.wrong())
                                                .declaring(variant),
                                        operation)
                                .findings();
                        Finding finding = findings.get(0);
                        assertEquals(
                                mistake.id(),
                                finding.name().map(Diagnosis.Candidate::id).orElse(finding.toString()));
                        assertTrue( // without a penalty some systems are singular
                                findings.stream()
                                        .skip(1)
                                        .allMatch(other -> other.symptom().kind() == Symptom.Kind.CRASH),
                                findings.toString());
                        assertEquals(1, finding.line().lines().count());
                        assertTrue(finding.smallest() && finding.proven().isPresent(), finding.toString());
                    }
                }
            }
        }
    }

    /** One for an even number of parameters, the other for an odd one, where the first would have been wrong, too. */
    @Test
    void two_mistakes_are_two_findings() {
        Implementation both = Answering.with(
                MOMENTUM,
                inputs -> Answering.defined(
                                MOMENTUM,
                                mistake(inputs.array("g").size(1) % 2 == 0 ? "momentum-ignored" : "rate-applied-twice")
                                        .wrong())
                        .by()
                        .apply(MOMENTUM)
                        .apply(inputs));
        List<Finding> findings = probe(both, MOMENTUM).findings();
        assertEquals(2, findings.size(), findings.toString());
        assertEquals(
                "momentum-ignored",
                findings.get(0).name().map(Diagnosis.Candidate::id).orElse(""));
        String other = findings.get(1).diagnosis().map(Diagnosis::summary).orElse("");
        assertTrue(other.contains("(rate-applied-twice), which explains"), other);
        assertTrue(other.contains("but would have spoiled"), other);
    }

    private static Mistake mistake(String id) {
        return MOMENTUM.mistakes().stream()
                .filter(mistake -> mistake.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Wrong only from the third parameter on, and only for a gradient above 4 in the second step. */
    @Test
    void the_smallest_question_has_nothing_that_the_mistake_does_not_need() {
        Finding finding = only(probe(
                Answering.with(MOMENTUM, inputs -> {
                    Array g = inputs.array("g");
                    Outputs right = MOMENTUM.refer(inputs);
                    return g.size(0) < 2 || g.size(1) < 3 || !(g.at(g.size(1) + 2) > 4)
                            ? right
                            : right.and("v", right.array("v").with(g.size(1) + 2, 0.3));
                }),
                MOMENTUM));
        Inputs least = finding.proven().orElseThrow().inputs();
        assertEquals("[[0,0,0],[0,0,8]]", least.array("g").toString());
        assertEquals("[0,0,0]", least.array("theta0").toString());
        assertEquals("v[1,2] (step 2) is 0.3, should be 8.0", finding.divergence());
    }

    @Test
    void crashes_shrink_within_their_kind() {
        Probed probed = probe(
                Answering.with(MOMENTUM, inputs -> {
                    if (inputs.array("g").size(0) == 3) {
                        throw new IllegalStateException(
                                "three steps, of " + inputs.array("g").size());
                    }
                    if (inputs.array("theta0").size() == 2) {
                        throw new ArithmeticException("two parameters");
                    }
                    return MOMENTUM.refer(inputs);
                }),
                MOMENTUM);
        Map<String, String> lines = probed.findings().stream()
                .collect(Collectors.toMap(finding -> finding.symptom().toString(), Finding::line));
        assertEquals(Set.of("a crash (IllegalStateException)", "a crash (ArithmeticException)"), lines.keySet());
        assertTrue(
                lines.getOrDefault("a crash (IllegalStateException)", "")
                        .startsWith("IllegalStateException: three steps, of 3, on theta0=[0], g=[[0],[0],[0]],"),
                lines.toString());
    }

    @Test
    void no_number_and_a_wrong_shape_are_symptoms_of_their_own() {
        Probed probed = probe(
                Answering.with(MOMENTUM, inputs -> {
                    Outputs right = MOMENTUM.refer(inputs);
                    return switch (inputs.array("g").size(0)) {
                        case 1 -> right.and("v", right.array("v").with(0, Double.NaN));
                        case 2 -> right.and("v", Array.vector(1, 2, 3));
                        default -> right;
                    };
                }),
                MOMENTUM);
        assertEquals(
                Set.of("no number where one is due", "wrong names or shapes"),
                probed.findings().stream()
                        .map(finding -> finding.symptom().toString())
                        .collect(Collectors.toSet()));
    }

    @Test
    void chance_is_noticed() {
        AtomicInteger asked = new AtomicInteger();
        Finding finding = only(probe(
                Answering.with(MOMENTUM, inputs -> {
                    Outputs right = MOMENTUM.refer(inputs);
                    return asked.incrementAndGet() % 3 == 0
                            ? right.and("v", right.array("v").map(v -> v + 1))
                            : right;
                }),
                MOMENTUM));
        assertTrue(finding.steadiness().contains("of 5 times when it is asked again"), finding.steadiness());
    }

    @Test
    void what_is_kept_from_one_question_to_the_next_is_noticed() {
        List<Inputs> seen = new ArrayList<>();
        Finding finding = only(probe(
                Answering.with(MOMENTUM, inputs -> {
                    Outputs right = MOMENTUM.refer(inputs);
                    boolean fresh = seen.isEmpty() || !seen.get(seen.size() - 1).equals(inputs);
                    seen.add(inputs);
                    return seen.size() > 20 && fresh && inputs.array("g").size() > 8
                            ? right.and("v", right.array("v").map(v -> v + 1))
                            : right;
                }),
                MOMENTUM));
        assertTrue(finding.steadiness().contains("asked again"), finding.steadiness());
    }

    /** No answer is wrong by itself: the last bit is within every budget. */
    @Test
    void a_claim_may_be_broken_by_answers_that_are_right() {
        Claim exact =
                Claim.holds("same-twice", "v of a question asked twice is the same to the bit", "", (subject, draw) -> {
                    Inputs in = MOMENTUM.inputs(draw);
                    return Check.NOTHING_YET.equal(
                            "v",
                            subject.ask(MOMENTUM, in).array("v"),
                            subject.ask(MOMENTUM, in).array("v"));
                });
        Operation operation = MOMENTUM.claiming(exact);
        AtomicInteger asked = new AtomicInteger();
        Finding finding = only(probe(
                Answering.with(MOMENTUM, inputs -> {
                    Outputs right = MOMENTUM.refer(inputs);
                    return asked.incrementAndGet() % 2 == 0
                            ? right.and("v", right.array("v").map(v -> v == 0 ? 0 : Math.nextUp(v)))
                            : right;
                }),
                operation));
        assertEquals("same-twice", finding.claim());
        assertTrue(finding.line().endsWith("epsilon=1, rate=inside"), finding.line());
    }

    @Test
    void only_questions_under_declared_conventions_are_asked() {
        Set<String> seen = new java.util.HashSet<>();
        Probed probed = probe(
                Answering.with(MOMENTUM, inputs -> {
                            seen.add(inputs.convention("rate"));
                            return MOMENTUM.refer(inputs);
                        })
                        .declaring(OUTSIDE),
                MOMENTUM);
        assertEquals(Set.of("outside"), seen);
        assertEquals(List.of(), probed.findings());
    }

    @Test
    void the_seed_decides_everything() {
        Implementation wrong = Answering.defined(MOMENTUM, mistake("nesterov").wrong());
        assertEquals(probe(wrong, MOMENTUM), probe(wrong, MOMENTUM));
    }

    @Test
    void time_ends_the_search() {
        List<Probed> probed = new Probe(new Reference(), 1_000_000, 1, Duration.ofMillis(300))
                .run(List.of(MOMENTUM), (id, tried, failed) -> {});
        assertTrue(probed.get(0).tries() < 1_000_000, probed.toString());
    }
}
