package org.goldgrad.analytic.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.goldgrad.analytic.arithmetic.Arithmetic;
import org.goldgrad.analytic.arithmetic.Emulated;
import org.goldgrad.analytic.arithmetic.Emulated.Order;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.recurrent.Lstm;
import org.junit.jupiter.api.Test;

/** Budgets computed by hand, an honest evaluation that stays within its budget, and dishonest ones that do not. */
class ErrorBudgetTest {
    /** Hand-computed budgets repeat the code's own few products in another order: a few 2⁻⁵³ apart. */
    private static final double SAME = 0x1p-50;

    private static final double U = Format.BINARY32.unitRoundoff();

    @Test
    void a_product_is_rounded_once() {
        ErrorBudget budget = ErrorBudget.of(
                ErrorBudgetTest::product, Inputs.empty().with("x", 3.0).with("y", -5.0));
        assertEquals(15, budget.roundings("z", 0, Format.BINARY32), "|xy|");
        assertEquals(1, budget.floor("z", 0));
        assertEquals(15 * U + 0x1p-126, budget.allowed("z", 0, Format.BINARY32));
        assertEquals(15 * 0x1p-53 + 0x1p-1022, budget.allowed("z", 0, Format.BINARY64));
    }

    private static <R extends Real<R>> Answer<R> product(Question<R> q) {
        return scalar("z", q.scalar("x").times(q.scalar("y")));
    }

    @Test
    void an_input_that_the_format_cannot_hold_is_charged() {
        ErrorBudget budget = ErrorBudget.of(
                ErrorBudgetTest::product, Inputs.empty().with("x", 0.1).with("y", 4.0));
        assertEquals(0.4, budget.roundings("z", 0, Format.BINARY64), "0.1 is what binary64 holds");
        for (Format format : new Format[] {Format.BINARY32, Format.BFLOAT16, Format.BINARY16}) {
            assertEquals(0.4 + 0.4, budget.roundings("z", 0, format), "|xy| and |∂z/∂x||x|");
        }
    }

    /** Four roundings: three products and sums in any order; cancellation shows in Σ|xᵢyᵢ|. */
    @Test
    void a_dot_product_of_three_costs_four_times_its_terms() {
        Inputs in = Inputs.empty().with("x", 1, 2, -3).with("y", 1, 0.5, 0.5);
        ErrorBudget budget = ErrorBudget.of(ErrorBudgetTest::dot, in);
        assertEquals(4 * 3.5, budget.roundings("z", 0, Format.BINARY32));
    }

    private static <R extends Real<R>> Answer<R> dot(Question<R> q) {
        return scalar("z", q.tensor("x").dot(q.tensor("y")));
    }

    @Test
    void functions_cost_their_ulps() {
        double t = StrictMath.tanh(0.75);
        assertEquals(3, rounding(ErrorBudgetTest::root, 9));
        assertEquals(11 * t, rounding(ErrorBudgetTest::tanh, 0.75), "5 ulp are 10 u, and one more");
        assertEquals(11 * t, rounding(ErrorBudgetTest::tanh, -0.75));
        assertEquals(7 * StrictMath.exp(2), rounding(ErrorBudgetTest::exponential, 2), "3 ulp are 6 u, and one more");
    }

    /** B = 11|t| + (1−t²)|xy|; either node may underflow. */
    @Test
    void errors_travel_along_derivatives() {
        ErrorBudget budget = ErrorBudget.of(
                ErrorBudgetTest::tanhOfProduct, Inputs.empty().with("x", 0.5).with("y", -1.5));
        double t = StrictMath.tanh(0.75);
        double slope = 1 - t * t;
        assertEquals(11 * t + slope * 0.75, budget.roundings("z", 0, Format.BINARY64), SAME);
        assertEquals(1 + slope, budget.floor("z", 0), SAME);
    }

    private static <R extends Real<R>> Answer<R> tanhOfProduct(Question<R> q) {
        return scalar("z", q.scalar("x").times(q.scalar("y")).tanh());
    }

    private static <R extends Real<R>> Answer<R> root(Question<R> q) {
        return scalar("z", q.scalar("x").sqrt());
    }

    private static <R extends Real<R>> Answer<R> tanh(Question<R> q) {
        return scalar("z", q.scalar("x").tanh());
    }

    private static <R extends Real<R>> Answer<R> exponential(Question<R> q) {
        return scalar("z", q.scalar("x").exp());
    }

    private static <R extends Real<R>> Answer<R> square(Question<R> q) {
        return scalar("z", q.scalar("x").square());
    }

    private static <R extends Real<R>> Answer<R> scalar(String name, R value) {
        return Answer.of(name, Tensor.scalar(value));
    }

    private static double rounding(Definition definition, double x) {
        return ErrorBudget.of(definition, x(x)).roundings("z", 0, Format.BINARY64);
    }

    private static Inputs x(double x) {
        return Inputs.empty().with("x", x);
    }

    /** With δ = |x| = 0.1 for an inexact input: δ² for x², |t|(1−t²)δ² for tanh x. */
    @Test
    void curvature_is_half_the_second_derivative_times_the_squared_error() {
        double t = StrictMath.tanh(0.1);
        assertEquals(0.1 * 0.1, curvature(ErrorBudgetTest::square, 0.1), SAME);
        assertEquals(t * (1 - t * t) * 0.1 * 0.1, curvature(ErrorBudgetTest::tanh, 0.1), SAME);
        assertEquals(0, curvature(ErrorBudgetTest::square, 0.5), "an input that every format holds");
    }

    private static double curvature(Definition definition, double x) {
        ErrorBudget budget = ErrorBudget.curved(definition, x(x));
        double second = Objects.requireNonNull(budget.curvature().get("z"))[0];
        double u = Format.BFLOAT16.unitRoundoff();
        double first = budget.roundings("z", 0, Format.BFLOAT16) * u;
        double floor = budget.floor("z", 0) * Format.BFLOAT16.smallestNormal();
        assertEquals(first + second * u * u + floor, budget.allowed("z", 0, Format.BFLOAT16), SAME);
        return second;
    }

    /** exp bends on the scale of 1, and the error of −16·8 is 128 u: ¼ is kept for u ≤ 2⁻⁹. */
    @Test
    void a_format_suits_a_question_that_it_is_fine_enough_and_wide_enough_for() {
        Inputs in = Inputs.empty().with("x", -16.0).with("y", 8.0);
        ErrorBudget budget = ErrorBudget.curved(ErrorBudgetTest::exponentialOfProduct, in);
        assertEquals(128, budget.reach());
        assertEquals(128, budget.peak());
        assertFalse(budget.suits(Format.BFLOAT16), "128·2^-8 = 1/2");
        assertTrue(budget.suits(Format.BINARY16), "128·2^-11 = 1/16");

        ErrorBudget large = ErrorBudget.curved(ErrorBudgetTest::exponential, x(90));
        assertFalse(large.suits(Format.BINARY32), "e^90 is beyond binary32");
        assertTrue(large.suits(Format.BINARY64));
    }

    private static <R extends Real<R>> Answer<R> exponentialOfProduct(Question<R> q) {
        return scalar("z", q.scalar("x").times(q.scalar("y")).exp());
    }

    @Test
    void an_unknown_output_is_named() {
        ErrorBudget budget = ErrorBudget.of(ErrorBudgetTest::root, x(2));
        assertEquals(
                "no budget for w among [z]",
                assertThrows(IllegalArgumentException.class, () -> budget.allowed("w", 0, Format.BINARY32))
                        .getMessage());
    }

    @Test
    void an_honest_lstm_and_its_gradient_stay_within_their_budgets() {
        Lstms lstms = new Lstms(20260714);
        double worst = 0;
        for (int i = 0; i < 4; i++) {
            Inputs in = lstms.draw(5, 3, 4);
            for (Definition honest : List.of(Lstm.LAYER, new Gradient(Lstm.LAYER, List.of("x", "U", "W", "b")))) {
                for (Order order : Order.values()) {
                    for (Format format : new Format[] {Format.BINARY32, Format.BINARY16}) {
                        worst = Math.max(worst, used(honest, honest, in, Emulated.arithmetic(format, order), format));
                    }
                }
            }
        }
        System.out.println("honest LSTMs use " + worst + " of their budgets");
        assertTrue(worst <= 1, "an honest evaluation used " + worst + " of its budget");
        assertTrue(worst >= 1e-3, "a budget a thousand times too large says little");
    }

    /** The largest error of an answer, as a part of what is allowed. */
    private static double used(
            Definition truth, Definition answer, Inputs in, Arithmetic<Emulated> arithmetic, Format format) {
        Outputs expected = Certifier.certify(truth, in).outputs();
        Outputs actual = answer.of(in.in(arithmetic)).nearest();
        ErrorBudget budget = ErrorBudget.curved(truth, in);
        double worst = 0;
        for (var output : expected.arrays().entrySet()) {
            Array given = actual.array(output.getKey());
            for (int i = 0; i < given.size(); i++) {
                double error = Math.abs(given.at(i) - output.getValue().at(i));
                worst = Math.max(worst, error / budget.allowed(output.getKey(), i, format));
            }
        }
        return worst;
    }

    private static double used(Definition truth, Definition answer, Inputs in) {
        return used(truth, answer, in, Emulated.arithmetic(Format.BINARY32, Order.FORWARD), Format.BINARY32);
    }

    /** The budget of 1 + ½ + 100u is 4·1.5 u: what is left out is 16 times that. */
    @Test
    void a_dropped_term_of_a_hundred_roundings_exceeds_the_budget() {
        Inputs in = Inputs.empty().with("x", 1, 0.5, 100 * U).with("y", 1, 1, 1);
        assertTrue(used(ErrorBudgetTest::dot, ErrorBudgetTest::dot, in) <= 1);
        double used = used(ErrorBudgetTest::dot, ErrorBudgetTest::dotWithoutTheLastTerm, in);
        assertEquals(100 / 6.0, used, 0.01, "but for the dropped term's own share of the budget");
    }

    private static <R extends Real<R>> Answer<R> dotWithoutTheLastTerm(Question<R> q) {
        Tensor<R> x = q.tensor("x");
        int last = x.size() - 1;
        Tensor<R> shorter =
                Tensor.of(x.arithmetic(), x.shape(), i -> i == last ? x.at(i).times(0) : x.at(i));
        return dot(q.with("x", shorter));
    }

    /** A fast approximation good to 2⁻¹², as drivers and tables have it. */
    @Test
    void a_fast_tanh_exceeds_the_budget_alone_and_within_an_lstm() {
        Inputs in = x(0.75);
        assertTrue(used(ErrorBudgetTest::tanh, ErrorBudgetTest::tanh, in) <= 1);
        double alone = used(ErrorBudgetTest::tanh, ErrorBudgetTest::fastTanh, in);
        assertTrue(alone > 100, () -> "2^-12/(11 tanh(3/4) 2^-24) is 586, not " + alone);
        double within = used(Lstm.LAYER, new Lstm(Lstm::step, ErrorBudgetTest::fast), new Lstms(7).draw(5, 3, 4));
        assertTrue(within > 1, () -> "an LSTM with it used only " + within);
        System.out.println("a fast tanh uses " + alone + " of its budget, an LSTM with it " + within);
    }

    private static <R extends Real<R>> Answer<R> fastTanh(Question<R> q) {
        return scalar("z", fast(q.scalar("x")));
    }

    private static <R extends Real<R>> R fast(R x) {
        return x.tanh().plus(0x1p-12);
    }

    /** 1 + 1.5u rounds to 1 + 2u, so what should be −u/4 becomes u/4. */
    @Test
    void a_format_whose_rounding_may_cross_a_kink_does_not_suit_the_question() {
        Inputs in = Inputs.empty().with("x", 1, 1.5 * U, -1, -1.75 * U).with("y", 1, 1, 1, 1);
        assertFalse(ErrorBudget.curved(ErrorBudgetTest::reluOfDot, in).suits(Format.BINARY32));
        assertTrue(ErrorBudget.curved(ErrorBudgetTest::reluOfDot, in).suits(Format.BINARY64));
    }

    private static <R extends Real<R>> Answer<R> reluOfDot(Question<R> q) {
        return scalar("z", q.tensor("x").dot(q.tensor("y")).relu());
    }
}
