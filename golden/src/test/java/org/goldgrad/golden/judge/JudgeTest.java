package org.goldgrad.golden.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.goldgrad.analytic.arithmetic.Emulated;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.operation.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {
    private static final GoldenCase CASE = Steps.CASES.get(0);
    private static final Outputs RIGHT = CASE.expected();

    private static Verdict judge(Outputs outputs, Format format) {
        return Judge.judge(Steps.MOMENTUM, CASE, new Reply.Answered(outputs), format);
    }

    private static Verdict.Differs differs(Outputs outputs) {
        return assertInstanceOf(Verdict.Differs.class, judge(outputs, Format.BINARY32));
    }

    private static Outputs with(String output, int element, double value) {
        double[] elements = RIGHT.array(output).elements();
        elements[element] = value;
        return RIGHT.and(output, Array.of(RIGHT.array(output).shape(), elements));
    }

    @Test
    void the_right_answer_agrees_with_all_the_digits_of_its_format() {
        Verdict.Agrees agrees = assertInstanceOf(Verdict.Agrees.class, judge(RIGHT, Format.BINARY64));
        assertEquals(new Verdict.Precision(0, 0, 53 * StrictMath.log10(2), 53), agrees.precision());
    }

    @ParameterizedTest
    @CsvSource({"BINARY32,7.23", "BFLOAT16,2.41", "BINARY16,3.32"})
    void an_honest_answer_agrees_in_every_order_of_every_format(Format format, double mostDigits) {
        for (GoldenCase golden : Steps.CASES) {
            for (Emulated.Order order : Emulated.Order.values()) {
                Outputs honest = Steps.rounded(Steps.MOMENTUM.definition(), golden.inputs(), format, order);
                Verdict verdict = Judge.judge(Steps.MOMENTUM, golden, new Reply.Answered(honest), format);
                Verdict.Agrees agrees = assertInstanceOf(Verdict.Agrees.class, verdict);
                assertTrue(agrees.precision().digits() <= mostDigits, verdict::toString);
                assertTrue(agrees.precision().budgets() <= 1, verdict::toString);
                assertTrue(agrees.precision().bits() >= format.precision(), verdict::toString);
                assertEquals("", agrees.warning());
            }
        }
    }

    @Test
    void an_error_of_one_ulp_is_called_one_ulp() {
        double one = RIGHT.array("theta").at(0);
        Verdict.Differs differs = differs(with("theta", 0, one + 2 * Math.ulp((float) one) * 1000));
        assertEquals(2000, differs.precision().ulp());
        assertEquals(
                -StrictMath.log10(2000 * Math.ulp((float) one) / one),
                differs.precision().digits(),
                1e-12);
    }

    @Test
    void a_wrong_value_differs_at_its_worst_element_and_says_by_how_much() {
        Verdict.Differs differs = differs(with("theta", 7, 1.25));
        assertEquals("theta[2,1]", differs.worst().element());
        assertEquals(RIGHT.array("theta").at(7), differs.worst().expected());
        assertEquals(1.25, differs.worst().actual());
        assertTrue(differs.reason().startsWith("theta[2,1] is 1.25, should be "), differs.reason());
        assertTrue(differs.reason().endsWith(" times what rounding explains"), differs.reason());
        assertTrue(differs.precision().budgets() > 1e4);
        assertTrue(differs.precision().bits() < 12, differs::toString);
    }

    @Test
    void the_earliest_step_that_is_wrong_is_named() {
        Outputs late = with("theta", 9, 100);
        assertEquals(
                "theta[3,0] (step 4) is 100.0, should be "
                        + RIGHT.array("theta").at(9),
                differs(late).divergence());
        Outputs both = late.and("v", with("v", 5, 100).array("v"));
        assertEquals(
                "v[1,2] (step 2) is 100.0, should be " + RIGHT.array("v").at(5),
                differs(both).divergence());
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity", "-Infinity"})
    void what_is_no_number_differs(double value) {
        Verdict.Differs differs = differs(with("v", 2, value));
        assertEquals("v[0,2] is " + value + " where a number is due", differs.reason());
        assertEquals(
                new Verdict.Precision(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0, 0), differs.precision());
    }

    @Test
    void a_missing_extra_or_misshapen_output_differs_and_says_so() {
        assertEquals(
                "output theta is missing; got [v]",
                differs(Outputs.of("v", RIGHT.array("v"))).reason());
        assertTrue(differs(RIGHT.and("w", Array.scalar(1))).reason().startsWith("unknown output w"));
        Verdict.Differs differs = differs(
                RIGHT.and("v", Array.of(new int[] {3, 4}, RIGHT.array("v").elements())));
        assertTrue(differs.reason().startsWith("v must be steps×parameters, got 3×4"), differs.reason());
    }

    @Test
    void a_refusal_is_declined_with_its_reason() {
        Verdict verdict = Judge.judge(Steps.MOMENTUM, CASE, new Reply.Declined("no momentum here"), Format.BINARY32);
        assertEquals(new Verdict.Declined("no momentum here"), verdict);
    }

    @Test
    void a_case_beyond_the_range_of_a_format_is_declined() {
        Inputs large = CASE.inputs().with("theta0", 0x1p17, 1, 2);
        Inputs growing = CASE.inputs().with("theta0", 65504, 65504, -65504).with("epsilon", 4096);
        Inputs tiny = CASE.inputs().with("epsilon", 0x1.1p-24);
        for (Inputs inputs : new Inputs[] {large, growing, tiny}) {
            GoldenCase golden = Steps.golden("range", inputs);
            Reply reply = new Reply.Answered(golden.expected());
            assertEquals(
                    new Verdict.Declined("outside the range of binary16"),
                    Judge.judge(Steps.MOMENTUM, golden, reply, Format.BINARY16));
            assertInstanceOf(Verdict.Agrees.class, Judge.judge(Steps.MOMENTUM, golden, reply, Format.BINARY32));
        }
    }

    @Test
    void an_expected_zero_is_measured_against_the_largest_number_of_the_case() {
        Inputs cancelling = CASE.inputs().with("theta0", 0.1875, -2, 0.625); // 0.1875 − 0.25·0.75 = 0
        GoldenCase golden = Steps.golden("zero", cancelling);
        assertEquals(0, golden.expected().array("theta").at(0));
        double[] theta = golden.expected().array("theta").elements();
        theta[0] = 0x1p-27;
        Outputs off = golden.expected().and("theta", Array.of(new int[] {4, 3}, theta));
        Verdict verdict = Judge.judge(Steps.MOMENTUM, golden, new Reply.Answered(off), Format.BINARY32);
        Verdict.Agrees agrees = assertInstanceOf(Verdict.Agrees.class, verdict);
        assertEquals(24 * StrictMath.log10(2), agrees.precision().digits(), 1e-9);
        assertEquals(
                0x1p-27 / Math.ulp((float) golden.budget().peak()),
                agrees.precision().ulp());
    }
}
