package org.goldgrad.analytic.oracle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.goldgrad.analytic.arithmetic.Format;
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

/** Forward mode against derivatives known exactly, and against the certified gradient. */
class ForwardModeTest {
    /** p = x²y, elementwise, and s = Σ xᵢyᵢ. */
    private static <R extends Real<R>> Answer<R> polynomials(Question<R> q) {
        Tensor<R> x = q.tensor("x");
        Tensor<R> y = q.tensor("y");
        return Answer.of("p", x.map(R::square).times(y)).and("s", x.dot(y));
    }

    /** On small dyadic numbers nothing is rounded. */
    @Test
    void polynomials_have_their_exact_derivatives() {
        Inputs in = Inputs.empty().with("x", 1.5, -2).with("y", 0.5, 3).with("dp", 2, -1);
        assertArrayEquals(
                new double[] {2 * 2 * 1.5 * 0.5, 2 * 2 * 3}, ForwardMode.of(ForwardModeTest::polynomials, in, "x"));
        assertArrayEquals(new double[] {2 * 2.25, -4}, ForwardMode.of(ForwardModeTest::polynomials, in, "y"));
        Inputs both = in.with("ds", 1.0);
        assertArrayEquals(
                new double[] {2 * 2 * 1.5 * 0.5 + 0.5, 2 * 2 * 3 + 3},
                ForwardMode.of(ForwardModeTest::polynomials, both, "x"));
    }

    /** Forward mode carries derivatives through the same nodes the other way, with the same products: the same budget. */
    @Test
    void the_gradient_of_an_lstm_is_the_certified_one() {
        Lstms lstms = new Lstms(20260715);
        double worst = 0;
        for (int i = 0; i < 5; i++) {
            Inputs in = lstms.draw(4, 2, 3);
            for (String input : List.of("x", "h0", "c0", "U", "W", "b")) {
                worst = Math.max(worst, used(in, input));
            }
        }
        System.out.println("forward mode uses " + worst + " of the gradient's budget");
        assertTrue(worst <= 1, "used " + worst);
    }

    private static double used(Inputs in, String input) {
        Definition gradient = new Gradient(Lstm.LAYER, List.of(input));
        String name = Gradient.nameFor(input);
        Array truth = Certifier.certify(gradient, in).outputs().array(name);
        ErrorBudget budget = ErrorBudget.of(gradient, in);
        double[] actual = ForwardMode.of(Lstm.LAYER, in, input);
        assertEquals(truth.size(), actual.length);
        double worst = 0;
        for (int i = 0; i < actual.length; i++) {
            double error = Math.abs(actual[i] - truth.at(i));
            worst = Math.max(worst, error / budget.allowed(name, i, Format.BINARY64));
        }
        return worst;
    }

    @Test
    void at_a_kink_it_takes_the_side_that_the_tape_takes() {
        Inputs in = Inputs.empty().with("x", 0, 0, 1, -1).with("dr", 1, 1, 1, 1).with("da", 10, 10, 10, 10);
        double[] slopes = ForwardMode.of(ForwardModeTest::kinks, in, "x");
        assertArrayEquals(new double[] {0, 0, 11, -10}, slopes);
        assertArrayEquals(new double[] {1, 0, 1, 0}, ForwardMode.of(ForwardModeTest::maxima, in.with("dm", 1, 1), "x"));
    }

    private static <R extends Real<R>> Answer<R> kinks(Question<R> q) {
        return Answer.of("r", q.tensor("x").map(R::relu)).and("a", q.tensor("x").map(R::abs));
    }

    /** The larger of the first two, a tie, and of the last two. */
    private static <R extends Real<R>> Answer<R> maxima(Question<R> q) {
        Tensor<R> x = q.tensor("x");
        return Answer.of(
                "m", Tensor.vector(List.of(x.at(0).max(x.at(1)), x.at(2).max(x.at(3)))));
    }

    /** The known weakness, so that nobody takes it for an oracle there: tanh′(20) = 1.7·10⁻¹⁷. */
    @Test
    void it_is_no_oracle_where_tanh_saturates() {
        Inputs in = Inputs.empty().with("x", 20.0).with("dz", 1.0);
        assertEquals(0, ForwardMode.of(ForwardModeTest::tanh, in, "x")[0]);
    }

    private static <R extends Real<R>> Answer<R> tanh(Question<R> q) {
        return Answer.of("z", q.tensor("x").map(R::tanh));
    }
}
