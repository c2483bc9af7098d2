package org.goldgrad.analytic.definition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.Rational;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.recurrent.ScalarRnn;
import org.junit.jupiter.api.Test;

/** The gradient of polynomials in fractions, where it is known exactly. */
class GradientTest {
    private final Inputs inputs = Inputs.empty().with("x", 1.5, -2).with("y", 0.5, 3);

    /** p = x ⊙ y and s = Σ xᵢ². */
    private static <R extends Real<R>> Answer<R> products(Question<R> q) {
        Tensor<R> x = q.tensor("x");
        return Answer.of("p", x.times(q.tensor("y"))).and("s", x.dot(x));
    }

    @Test
    void is_the_upstream_gradient_times_the_derivative() {
        Answer<Rational> gradient = gradient(List.of("x", "y"), inputs.with("dp", 2, -1));
        assertTensor(gradient.output("dx"), 1, -3);
        assertTensor(gradient.output("dy"), 3, 2);
    }

    @Test
    void adds_the_contributions_of_all_outputs() {
        Answer<Rational> gradient =
                gradient(List.of("x", "y"), inputs.with("dp", 2, -1).with("ds", 1.0));
        assertTensor(gradient.output("dx"), 1 + 3, -3 - 4);
        assertTensor(gradient.output("dy"), 3, 2);
    }

    @Test
    void an_absent_upstream_gradient_is_zero() {
        assertTensor(gradient(List.of("y"), inputs.with("ds", 1.0)).output("dy"), 0, 0);
        assertTensor(gradient(List.of("x"), inputs).output("dx"), 0, 0);
    }

    @Test
    void has_the_shape_and_the_order_of_the_inputs_asked_for() {
        Answer<Rational> gradient = gradient(List.of("y", "x"), inputs.with("dp", 2, -1));
        assertEquals(List.of("dy", "dx"), List.copyOf(gradient.outputs().keySet()));
        assertArrayEquals(new int[] {2}, gradient.output("dy").shape());
    }

    /** q = x ⊙ x, p = q ⊙ y and s = Σ qᵢ pᵢ, so ds/dp = q and ds/dq = p + q ⊙ y. */
    private static <R extends Real<R>> Answer<R> chain(Question<R> q) {
        Tensor<R> squares = q.tensor("x").times(q.tensor("x"));
        Tensor<R> products = squares.times(q.tensor("y"));
        return Answer.of("s", Tensor.scalar(squares.dot(products)))
                .through("q", squares)
                .through("p", products);
    }

    @Test
    void has_what_the_definition_computes_and_the_adjoints_of_its_intermediates_last_first() {
        Inputs in = Inputs.empty().with("x", 1, 2).with("y", 3, -1).with("ds", 2.0);
        Answer<Rational> gradient = new Gradient(GradientTest::chain, List.of("y")).of(in.in(Rational.ARITHMETIC));
        assertEquals(
                List.of("q", "p", "s", "dp", "dq"),
                List.copyOf(gradient.intermediates().keySet()));
        assertEquals(List.of("dy"), List.copyOf(gradient.outputs().keySet()));
        assertTensor(gradient.intermediate("q"), 1, 4);
        assertTensor(gradient.intermediate("p"), 3, -4);
        assertTensor(gradient.intermediate("s"), 3 - 16);
        assertTensor(gradient.intermediate("dp"), 2, 8);
        assertTensor(gradient.intermediate("dq"), 2 * (3 + 3), 2 * (-4 - 4));
        assertTensor(gradient.output("dy"), 2, 2 * 16);
    }

    @Test
    void a_missing_input_is_named() {
        assertEquals(
                "no z among [x, y]",
                assertThrows(IllegalArgumentException.class, () -> gradient(List.of("z"), inputs))
                        .getMessage());
    }

    /** A gradient is a definition, so it has one too: d(2x ds)/dx = 2 ds. */
    @Test
    void a_gradient_has_a_gradient() {
        Definition twice = new Gradient(new Gradient(GradientTest::products, List.of("x")), List.of("x"));
        Inputs in = inputs.with("ds", 3.0).with("ddx", 1, -1);
        assertTensor(twice.of(in.in(Rational.ARITHMETIC)).output("dx"), 6, -6);
    }

    /** q = Σ pᵢ² after p = x ⊙ y: ∂L/∂p = dp + 2p dq, whether p is an output or an intermediate. */
    @Test
    void a_total_is_everything_that_the_loss_gets_through_a_node() {
        Inputs in = inputs.with("dp", 2, -1).with("dq", 3.0);
        Gradient asOutput = new Gradient(GradientTest::squares, List.of("y"), Map.of("total", "p"));
        Answer<Rational> whole = asOutput.of(in.in(Rational.ARITHMETIC));
        assertEquals(List.of("dy", "total"), List.copyOf(whole.outputs().keySet()));
        assertEquals(Rational.of(13, 2), whole.output("total").at(0)); // 2 + 2·0.75·3
        assertEquals(Rational.of(-37, 1), whole.output("total").at(1)); // −1 + 2·(−6)·3
        Gradient asIntermediate = new Gradient(GradientTest::hidden, List.of(), Map.of("total", "p"));
        Tensor<Rational> through = asIntermediate.of(in.in(Rational.ARITHMETIC)).output("total");
        assertEquals(Rational.of(9, 2), through.at(0));
        assertEquals(Rational.of(-36, 1), through.at(1));
    }

    private static <R extends Real<R>> Answer<R> squares(Question<R> q) {
        Tensor<R> p = q.tensor("x").times(q.tensor("y"));
        return Answer.of("p", p).and("q", p.dot(p));
    }

    private static <R extends Real<R>> Answer<R> hidden(Question<R> q) {
        Tensor<R> p = q.tensor("x").times(q.tensor("y"));
        return Answer.of("q", Tensor.scalar(p.dot(p))).through("p", p);
    }

    @Test
    void the_derivative_of_the_scalar_network_is_its_closed_form() {
        for (double w : new double[] {0, 0.5, -1.25}) {
            Question<Rational> q = Inputs.empty()
                    .with("w", w)
                    .with("h0", 0.75)
                    .with("u", 1, -2, 0.5, 3)
                    .in(Rational.ARITHMETIC);
            Answer<Rational> answer = ScalarRnn.NETWORK.of(q);
            assertEquals(ScalarRnn.closedForm(q), answer.output("y").value());
            assertEquals(ScalarRnn.closedFormDerivative(q), answer.output("dw").value());
        }
    }

    private static Answer<Rational> gradient(List<String> names, Inputs inputs) {
        return new Gradient(GradientTest::products, names).of(inputs.in(Rational.ARITHMETIC));
    }

    private static void assertTensor(Tensor<Rational> actual, int... elements) {
        for (int i = 0; i < elements.length; i++) {
            assertEquals(Rational.of(elements[i], 1), actual.at(i));
        }
        assertEquals(elements.length, actual.size());
    }
}
