package org.goldgrad.analytic.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.recurrent.Lstm;
import org.junit.jupiter.api.Test;

/** Difference quotients in double-double are derivatives to nearly the last bit, and stay away from kinks. */
class CentralDifferencesTest {
    /** The step at |x| < 1. */
    private static final double H = 0x1p-34;

    /** Truncation vanishes for degree two, and 106 bits hold every number met here. */
    @Test
    void quadratics_have_their_exact_derivatives() {
        Inputs in = Inputs.empty().with("x", 1.5, -2, 0, 100).with("dz", 1, 1, 1, 0.5);
        assertEquals(
                List.of(OptionalDouble.of(3), OptionalDouble.of(-4), OptionalDouble.of(0), OptionalDouble.of(100)),
                CentralDifferences.of(CentralDifferencesTest::square, in, "x", 1));
    }

    private static <R extends Real<R>> Answer<R> square(Question<R> q) {
        return Answer.of("z", q.tensor("x").map(R::square));
    }

    /** Truncation and rounding leave 2⁻⁶⁴ of the scale of L and its third derivatives, below 16 here; rounding to a double at
     * worst an ulp more than the nearest. */
    @Test
    void a_smooth_function_is_never_skipped_and_is_right() {
        Lstms lstms = new Lstms(20260716);
        double worst = 0;
        for (int i = 0; i < 3; i++) {
            Inputs in = lstms.draw(3, 2, 3);
            for (String input : List.of("x", "h0", "c0", "U", "W", "b")) {
                Definition gradient = new Gradient(Lstm.LAYER, List.of(input));
                Array truth = Certifier.certify(gradient, in).outputs().array(Gradient.nameFor(input));
                List<OptionalDouble> quotients = CentralDifferences.of(Lstm.LAYER, in, input, 1);
                for (int k = 0; k < truth.size(); k++) {
                    double off = Math.abs(quotients.get(k).orElseThrow() - truth.at(k));
                    double allowed = Math.ulp(truth.at(k)) + 0x1p-60;
                    worst = Math.max(worst, off / allowed);
                    assertTrue(off <= allowed, () -> input + " off by " + off);
                }
            }
        }
        System.out.println("central differences: " + worst + " of what is allowed");
    }

    @Test
    void relu_is_skipped_within_a_step_of_its_kink_and_nowhere_else() {
        assertEquals(OptionalDouble.empty(), slope(CentralDifferencesTest::relu, 0));
        assertEquals(OptionalDouble.empty(), slope(CentralDifferencesTest::relu, H / 2));
        assertEquals(OptionalDouble.empty(), slope(CentralDifferencesTest::relu, -H / 2));
        assertEquals(OptionalDouble.of(1), slope(CentralDifferencesTest::relu, 2 * H));
        assertEquals(OptionalDouble.of(0), slope(CentralDifferencesTest::relu, -2 * H));
        assertEquals(OptionalDouble.of(1), slope(CentralDifferencesTest::relu, 5));
    }

    @Test
    void abs_and_max_are_skipped_at_their_kinks_too() {
        assertEquals(OptionalDouble.empty(), slope(CentralDifferencesTest::abs, H / 2));
        assertEquals(OptionalDouble.of(-1), slope(CentralDifferencesTest::abs, -2 * H));
        assertEquals(OptionalDouble.empty(), slope(CentralDifferencesTest::maximumWithHalf, 0.5));
        assertEquals(OptionalDouble.of(1), slope(CentralDifferencesTest::maximumWithHalf, 0.5 + 2 * H));
        assertEquals(OptionalDouble.of(0), slope(CentralDifferencesTest::maximumWithHalf, 0.5 - 2 * H));
    }

    @Test
    void a_smaller_step_comes_closer_to_a_kink() {
        Inputs in = Inputs.empty().with("x", H / 2).with("dz", 1.0);
        assertEquals(List.of(OptionalDouble.of(1)), CentralDifferences.of(CentralDifferencesTest::relu, in, "x", 0.25));
    }

    private static OptionalDouble slope(Definition function, double x) {
        Inputs in = Inputs.empty().with("x", Array.vector(x)).with("dz", Array.vector(1));
        return CentralDifferences.of(function, in, "x", 1).get(0);
    }

    private static <R extends Real<R>> Answer<R> relu(Question<R> q) {
        return Answer.of("z", q.tensor("x").map(R::relu));
    }

    private static <R extends Real<R>> Answer<R> abs(Question<R> q) {
        return Answer.of("z", q.tensor("x").map(R::abs));
    }

    private static <R extends Real<R>> Answer<R> maximumWithHalf(Question<R> q) {
        Tensor<R> x = q.tensor("x");
        return Answer.of("z", x.map(xi -> xi.max(q.arithmetic().of(0.5))));
    }
}
