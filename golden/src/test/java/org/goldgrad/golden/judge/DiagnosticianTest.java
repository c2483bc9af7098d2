package org.goldgrad.golden.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.goldgrad.analytic.arithmetic.Binary64;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.optimization.Momentum;
import org.goldgrad.analytic.oracle.ErrorBudget;
import org.goldgrad.golden.vectors.Corpus;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DiagnosticianTest {
    private static final Definition RIGHT = Steps.MOMENTUM.definition();

    private static Stream<Mistake> mistakes() {
        return Steps.MOMENTUM.mistakes().stream();
    }

    private static Implementation changing(UnaryOperator<Outputs> change) {
        return Steps.answering(
                Map.of(),
                (operation, inputs) ->
                        new Reply.Answered(change.apply(((Reply.Answered) Steps.answered(RIGHT, inputs)).outputs())));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void every_mistake_is_named_with_its_equation_and_support(Mistake mistake) {
        Diagnosis diagnosis = Steps.diagnosis(Steps.computing(mistake.wrong()));
        Diagnosis.Candidate found = diagnosis.explanation().orElseThrow();
        assertEquals(mistake.id(), found.id());
        assertEquals(6, found.support());
        assertTrue(
                diagnosis
                        .summary()
                        .startsWith("It " + mistake.did() + " (" + mistake.id()
                                + "), which explains 6 of 6 wrong cases: " + mistake.formula()),
                diagnosis.summary());
    }

    @Test
    void the_next_best_candidate_is_named() {
        String summary = Steps.diagnosis(Steps.computing(Steps.SQUARES.wrong())).summary();
        assertTrue(
                summary.endsWith("Next best: it halves the rate (halves-rate), which explains 2 of 6 wrong cases."),
                summary);
    }

    @Test
    void an_undeclared_convention_is_named() {
        Implementation inside = Steps.answering(
                Map.of(), (operation, inputs) -> Steps.answered(RIGHT, inputs.withConvention("rate", "inside")));
        OperationResult result = Steps.examine(inside);
        Diagnosis diagnosis = result.diagnosis().orElseThrow();
        assertEquals(4, result.agrees());
        assertEquals("rate=inside", diagnosis.explanation().orElseThrow().id());
        assertTrue(
                diagnosis.summary().contains("It follows rate=inside without declaring it, which explains 2 of 2"),
                diagnosis::summary);
    }

    @Test
    void a_convention_other_than_the_declared_one_is_named() {
        Implementation lying = Steps.answering(
                Map.of("rate", "outside"),
                (operation, inputs) -> Steps.answered(RIGHT, inputs.withConvention("rate", "inside")));
        OperationResult result = Steps.examine(lying);
        assertEquals(4, result.notAsked());
        assertEquals(2, result.differs());
        String summary = result.diagnosis().orElseThrow().summary();
        assertTrue(
                summary.contains("It follows rate=inside but declares rate=outside, which explains 2 of 2"), summary);
    }

    /** Where gates are saturated, elements are nothing but what cancelled; 0 is as right as any other rounding of it. */
    @Test
    void elements_that_cancel_do_not_rule_out_what_explains_all_else() {
        Operation gru = Catalogue.operation("recurrent.gru.gradient");
        Map<String, String> declared = Map.of("gate_order", "zrn", "reset", "after", "update", "keep");
        List<Diagnostician.Answered> answers = Corpus.standard(List.of(gru)).cases(gru.id()).stream()
                .filter(golden -> golden.inputs().conventions().equals(declared))
                .map(golden -> {
                    Outputs outputs = withoutNoise(gru, golden.inputs().withConvention("gate_order", "rzn"));
                    Reply reply = new Reply.Answered(outputs);
                    boolean right = Judge.judge(gru, golden, reply, Format.BINARY64) instanceof Verdict.Agrees;
                    return new Diagnostician.Answered(golden, outputs, right);
                })
                .toList();
        Diagnosis diagnosis = Diagnostician.diagnose(gru, Format.BINARY64, declared, answers, List.of());
        assertEquals("gate_order=rzn", diagnosis.explanation().orElseThrow().id());
    }

    /** The reference's answer, with 0 for every element that may be 0 for all that rounding says. */
    private static Outputs withoutNoise(Operation operation, Inputs inputs) {
        ErrorBudget budget = ErrorBudget.of(operation.definition(), inputs);
        Outputs quiet = operation.refer(inputs);
        for (Map.Entry<String, Array> output : quiet.arrays().entrySet()) {
            Array array = output.getValue();
            for (int i = 0; i < array.size(); i++) {
                double allowed = budget.allowed(output.getKey(), i, Format.BINARY64);
                array = Math.abs(array.at(i)) <= allowed ? array.with(i, 0) : array;
            }
            quiet = quiet.and(output.getKey(), array);
        }
        return quiet;
    }

    @Test
    void rivals_are_reported_with_the_case_that_would_separate_them() {
        Implementation picky = Steps.answering(
                Map.of(),
                (operation, inputs) -> inputs.scalar("epsilon") == 0.5
                        ? Steps.answered(Steps.HALVES.wrong(), inputs)
                        : new Reply.Declined("only ½"));
        Diagnosis diagnosis = Steps.diagnosis(picky);
        assertEquals(List.of("squares-rate", "halves-rate"), Steps.ids(diagnosis));
        assertEquals(
                "2 candidates explain 2 of 2 wrong cases: it squares the rate (squares-rate), or halves the rate"
                        + " (halves-rate). Case optimization.momentum/inside-001, which it did not answer, would tell them"
                        + " apart.",
                diagnosis.summary());
    }

    @Test
    void rivals_that_no_golden_case_separates_are_said_to_be_so() {
        Diagnosis diagnosis = Diagnostician.diagnose(
                Steps.MOMENTUM,
                Format.BINARY32,
                Map.of(),
                List.of(answer(Steps.HALVES.wrong(), 4)),
                List.of(Steps.CASES.get(5)));
        assertTrue(diagnosis.summary().endsWith("No golden case tells them apart in binary32."), diagnosis.summary());
    }

    private static Diagnostician.Answered answer(Definition definition, int golden) {
        Reply reply = Steps.answered(definition, Steps.CASES.get(golden).inputs());
        return new Diagnostician.Answered(Steps.CASES.get(golden), ((Reply.Answered) reply).outputs(), false);
    }

    @Test
    void a_candidate_that_would_have_spoiled_right_answers_is_no_explanation() {
        Implementation sometimes = Steps.answering(
                Map.of(),
                (operation, inputs) ->
                        Steps.answered(inputs.scalar("alpha") == 0.75 ? Steps.DAMPS.wrong() : RIGHT, inputs));
        Diagnosis diagnosis = Steps.diagnosis(sometimes);
        Diagnosis.Candidate best = diagnosis.candidates().get(0);
        assertEquals(new Diagnosis.Candidate("mistake", "damps", best.did(), best.formula(), 3, 3), best);
        assertTrue(diagnosis.explanation().isEmpty());
        assertTrue(
                diagnosis
                        .summary()
                        .startsWith("No named mistake or convention explains all 3 wrong cases. Closest: it damps"),
                diagnosis.summary());
        assertTrue(diagnosis.summary().contains("but would have spoiled 3 that came out right"), diagnosis.summary());
    }

    @Test
    void where_nothing_fits_it_says_so() {
        Diagnosis diagnosis = Steps.diagnosis(changing(outputs -> Steps.map(outputs, x -> x * x + 1)));
        assertEquals("No named mistake or convention explains all 6 wrong cases.", diagnosis.summary());
        assertTrue(diagnosis.candidates().isEmpty());
    }

    @Test
    void an_answer_of_a_wrong_shape_is_diagnosed_without_falling_over() {
        Diagnosis diagnosis = Steps.diagnosis(changing(outputs -> outputs.and("v", Array.scalar(1))));
        assertEquals("No named mistake or convention explains all 6 wrong cases.", diagnosis.summary());
    }

    private static String observed(UnaryOperator<Array> change) {
        String summary = Steps.diagnosis(changing(outputs -> outputs.and("v", change.apply(outputs.array("v")))))
                .summary();
        return summary.substring(summary.indexOf("Observed"));
    }

    private static Array rows(Array array, int... order) {
        double[] elements = new double[array.size()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = array.at(order[i / 3] * 3 + i % 3);
        }
        return Array.of(array.shape(), elements);
    }

    @Test
    void what_is_plain_to_see_is_observed() {
        assertEquals(
                "Observed in all of them: every element of v is 0.",
                observed(v -> Array.of(v.shape(), new double[12])));
        assertEquals("Observed in all of them: every element of v has its sign flipped.", observed(v -> scaled(v, -1)));
        assertEquals(
                "Observed in all of them: every element of v is 3.00000 times too large.", observed(v -> scaled(v, 3)));
        assertEquals("Observed in all of them: v along steps is reversed.", observed(v -> rows(v, 3, 2, 1, 0)));
        assertEquals(
                "Observed in all of them: v along steps comes one place late, the last first.",
                observed(v -> rows(v, 3, 0, 1, 2)));
        assertEquals(
                "Observed in all of them: v along steps comes in the order [1, 0, 2, 3].",
                observed(v -> rows(v, 1, 0, 2, 3)));
        assertEquals(
                "Observed in all of them: v is transposed: steps and parameters are exchanged.",
                observed(DiagnosticianTest::transposed));
    }

    private static Array scaled(Array array, double factor) {
        return Steps.map(Outputs.of("v", array), x -> (double) (float) (factor * x))
                .array("v");
    }

    private static Array transposed(Array array) {
        Inputs inputs = Inputs.empty().with("v", array);
        return Array.nearest(inputs.in(Binary64.ARITHMETIC).tensor("v").transpose());
    }

    @Test
    void an_observation_that_fails_on_one_wrong_case_is_not_made() {
        Implementation mixed = Steps.answering(Map.of(), (operation, inputs) -> {
            Outputs right =
                    Momentum.DEFINITION.of(inputs.in(Binary64.ARITHMETIC)).nearest();
            return new Reply.Answered(Steps.map(right, x -> x * (inputs.scalar("alpha") == 0.75 ? 3 : 5)));
        });
        assertEquals(
                "No named mistake or convention explains all 6 wrong cases.",
                Steps.diagnosis(mixed).summary());
    }
}
