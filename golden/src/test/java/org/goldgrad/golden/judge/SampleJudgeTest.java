package org.goldgrad.golden.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.goldgrad.analytic.arithmetic.Binary64;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.sampling.Law;
import org.goldgrad.golden.sampling.Planted;
import org.goldgrad.golden.vectors.Generator;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reference;
import org.goldgrad.properties.operation.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SampleJudgeTest {
    private static final Operation GAUSSIAN = Catalogue.operation("initialization.gaussian");
    private static final List<GoldenCase> HE = Generator.cases(GAUSSIAN).stream()
            .filter(golden -> golden.conventions().containsValue("he"))
            .toList();

    static Stream<Operation> sampled() {
        return Catalogue.operations().stream().filter(Operation::sampled);
    }

    private static OperationResult examine(Implementation implementation, Operation operation, List<GoldenCase> cases) {
        return new Examiner(implementation, new Progress() {}).examine(operation, cases);
    }

    /** Draws from the law of a question, changed. */
    private static Implementation drawing(UnaryOperator<Law> change) {
        return Steps.answering(Map.of(), (operation, inputs) -> answered(inputs, change.apply(right(inputs))));
    }

    private static Law right(Inputs inputs) {
        return Law.of(GAUSSIAN.definition().of(inputs.in(Binary64.ARITHMETIC)).nearest());
    }

    private static Reply answered(Inputs inputs, Law law) {
        int[] shape = Stream.of("outputs", "inputs", "height", "width")
                .mapToInt(inputs::integer)
                .toArray();
        return new Reply.Answered(Outputs.of("W", Planted.draw(law, shape, inputs.integer(Operation.SEED))));
    }

    private static Implementation rounding(Function<Double, Double> rounded) {
        return Steps.answering(
                Map.of(),
                (operation, inputs) -> new Reply.Answered(
                        Outputs.of("W", operation.refer(inputs).array("W").map(rounded::apply))));
    }

    @ParameterizedTest
    @MethodSource("sampled")
    void the_reference_follows_every_law_and_the_verdict_says_what_that_is_worth(Operation operation) {
        OperationResult result = examine(new Reference(), operation, Generator.cases(operation));
        assertEquals(result.cases().size(), result.agrees(), result::toString);
        assertTrue(Double.isNaN(result.digits()) && result.diagnosis().isEmpty());
        for (CaseResult one : result.cases()) {
            String statement =
                    assertInstanceOf(Verdict.Agrees.class, one.verdict()).statement();
            assertTrue(
                    statement.contains(" entries") && statement.endsWith("false alarms below 1e-6 a run"), statement);
            assertTrue(
                    statement.matches(".*off by (2\\.9|3\\.0|0\\.\\d+) % is found with probability 0\\.999.*"),
                    statement);
        }
    }

    @ParameterizedTest
    @MethodSource("sampled")
    void numbers_in_binary32_follow_it_too(Operation operation) {
        OperationResult result = examine(rounding(x -> (double) x.floatValue()), operation, Generator.cases(operation));
        assertEquals(result.cases().size(), result.agrees(), result::toString);
    }

    /** As happens once in 16 million numbers, where uniform ones are multiples of 2⁻²⁴. */
    @Test
    void a_number_in_binary32_may_lie_on_the_bound() {
        Operation uniform = Catalogue.operation("initialization.uniform");
        List<GoldenCase> cases = Generator.cases(uniform);
        Implementation touching = Steps.answering(Map.of(), (operation, inputs) -> {
            Array w = operation.refer(inputs).array("W").map(x -> (float) x);
            double bound = operation
                    .definition()
                    .of(inputs.in(Binary64.ARITHMETIC))
                    .nearest()
                    .array("bound")
                    .value();
            return new Reply.Answered(Outputs.of("W", w.with(7, -(float) bound)));
        });
        OperationResult result = examine(touching, uniform, cases);
        assertEquals(cases.size(), result.agrees(), result::toString);
    }

    static Stream<Mistake> mistakes() {
        return GAUSSIAN.mistakes().stream().filter(mistake -> mistake.applies().test(Map.of("variance", "he")));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void every_mistake_is_accused_and_named(Mistake mistake) {
        Implementation wrong = Steps.answering(
                Map.of("variance", "he"),
                (operation, inputs) -> answered(
                        inputs,
                        Law.of(mistake.wrong()
                                .of(inputs.in(Binary64.ARITHMETIC))
                                .nearest())));
        OperationResult result = examine(wrong, GAUSSIAN, HE);
        List<String> rejecting = HE.stream()
                .filter(golden -> golden.kills().contains(mistake.id()))
                .map(GoldenCase::id)
                .toList();
        List<String> accused = result.cases().stream()
                .filter(one -> one.verdict() instanceof Verdict.Differs)
                .map(CaseResult::caseId)
                .toList();
        assertEquals(rejecting, accused);
        assertEquals(
                mistake.id(),
                result.diagnosis().flatMap(Diagnosis::explanation).orElseThrow().id());
    }

    @Test
    void another_convention_is_named() {
        OperationResult result =
                examine(drawing(law -> Law.of(law.entry().scaled(StrictMath.sqrt(2)))), GAUSSIAN, lecun());
        assertEquals(3, result.differs());
        assertEquals(
                "variance=he",
                result.diagnosis().flatMap(Diagnosis::explanation).orElseThrow().id());
    }

    private static List<GoldenCase> lecun() {
        return Generator.cases(GAUSSIAN).stream()
                .filter(golden -> golden.conventions().containsValue("lecun"))
                .toList();
    }

    @Test
    void three_percent_are_found_by_a_second_look() {
        int second = 0;
        for (double factor : new double[] {1.035, 1.03, 1.028}) {
            OperationResult result = examine(drawing(law -> Law.of(law.entry().scaled(factor))), GAUSSIAN, HE);
            assertEquals(3, result.differs(), result::toString);
            for (CaseResult one : result.cases()) {
                Verdict.Differs differs = assertInstanceOf(Verdict.Differs.class, one.verdict());
                assertEquals("the standard deviation of W", differs.worst().element());
                second += differs.notes().get(0).contains("in a second look after a suspicious one at 24") ? 1 : 0;
            }
        }
        assertTrue(second > 0);
    }

    @Test
    void a_grid_that_is_too_coarse_is_declined() {
        GoldenCase golden = HE.get(0);
        assertTrue(Judge.unaskable(golden, Format.BFLOAT16).isPresent());
        assertTrue(Judge.unaskable(golden, Format.BINARY32).isEmpty());
    }

    @Test
    void a_number_that_is_none_is_accused() {
        Implementation nan = rounding(x -> x > 0.3 ? Double.NaN : x);
        OperationResult result = examine(nan, GAUSSIAN, HE.subList(0, 1));
        assertTrue(result.cases().get(0).verdict().toString().contains("an entry is NaN"), result::toString);
    }

    @Test
    void a_wrong_shape_is_told_as_one() {
        Implementation flat = Steps.answering(
                Map.of(), (operation, inputs) -> new Reply.Answered(Outputs.of("W", Array.vector(1, 2))));
        assertTrue(examine(flat, GAUSSIAN, HE)
                .cases()
                .get(0)
                .verdict()
                .toString()
                .contains("W must be outputs×inputs×height×width"));
    }
}
