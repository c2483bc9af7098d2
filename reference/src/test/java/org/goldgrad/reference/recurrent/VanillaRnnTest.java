package org.goldgrad.reference.recurrent;

import static org.goldgrad.reference.recurrent.Exactly.assertEntries;
import static org.goldgrad.reference.recurrent.Exactly.assertNumbers;
import static org.goldgrad.reference.recurrent.Exactly.assertSame;
import static org.goldgrad.reference.recurrent.Exactly.numbers;
import static org.goldgrad.reference.recurrent.Exactly.row;
import static org.goldgrad.reference.recurrent.Refusals.assertRefusal;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VanillaRnnTest {
    private final Drawn drawn = new Drawn();

    /** W^t = [[1, 2t], [0, 1]], so h_t = h_0 W^t, and Γ_t = dh_3 (Wᵀ)^{3−t} where only the last state counts. */
    @Test
    void without_nonlinearity_states_and_gradients_are_powers_of_W() {
        SimpleMatrix W = new SimpleMatrix(new double[][] {{1, 2}, {0, 1}});
        VanillaRnn rnn = VanillaRnn.of(new SimpleMatrix(1, 2), W, row(0, 0), Activation.IDENTITY);
        List<SimpleMatrix> x = numbers(7, 8, 9);
        List<SimpleMatrix> h = rnn.forward(x, row(3, 5));
        for (int t = 1; t <= 3; t++) {
            assertEntries(h.get(t - 1), 3, 5 + 2 * t * 3);
        }
        VanillaRnnGradient gradient =
                VanillaRnnGradient.of(rnn, x, row(3, 5), List.of(row(0, 0), row(0, 0), row(10, 1)));
        for (int t = 1; t <= 3; t++) {
            assertEntries(gradient.Gamma().get(t - 1), 10 + 2 * (3 - t), 1);
        }
        assertEntries(gradient.dh0(), 10 + 2 * 3, 1);
        assertEntries(gradient.dU(), 7 * 14 + 8 * 12 + 9 * 10, 7 + 8 + 9);
    }

    /** a = 3 − 2·2 + 0.5 = −0.5, then 1 + 0.5 = 1.5, then 2 − 3 + 0.5 = −0.5. */
    @Test
    void relu_passes_nothing_where_it_is_off() {
        VanillaRnn rnn = VanillaRnn.of(row(1), row(-2), row(0.5), Activation.RELU);
        List<SimpleMatrix> x = numbers(3, 1, 2);
        assertNumbers(rnn.forward(x, row(2)), 0, 1.5, 0);
        VanillaRnnGradient gradient = VanillaRnnGradient.of(rnn, x, row(2), numbers(10, 20, 40));
        assertNumbers(gradient.Gamma(), 10 - 2 * 20, 20, 40);
        assertNumbers(gradient.dx(), 0, 20, 0);
        assertEntries(gradient.dU(), 20);
        assertEntries(gradient.dW(), 0);
        assertEntries(gradient.db(), 20);
        assertEntries(gradient.dh0(), 0);
    }

    @ParameterizedTest(name = "T={0} batch={1} features={2} hidden={3} {4}")
    @CsvSource({
        "1, 1, 1, 1, TANH",
        "4, 2, 3, 2, TANH",
        "2, 3, 1, 5, SIGMOID",
        "5, 1, 2, 3, SIGMOID",
        "3, 2, 3, 2, IDENTITY",
        "3, 1, 2, 2, RELU",
    })
    void agrees_with_differences_of_the_loss(int T, int batch, int features, int hidden, Activation phi) {
        List<SimpleMatrix> x = drawn.sequence(T, batch, features);
        SimpleMatrix h0 = drawn.matrix(batch, hidden);
        SimpleMatrix U = drawn.matrix(features, hidden);
        SimpleMatrix W = drawn.matrix(hidden, hidden);
        SimpleMatrix b = drawn.matrix(1, hidden);
        List<SimpleMatrix> dh = drawn.sequence(T, batch, hidden);
        VanillaRnn rnn = VanillaRnn.of(U, W, b, phi);
        assertTrue(
                phi != Activation.RELU || rnn.steps(x, h0).stream().noneMatch(step -> nearKink(step.a())),
                "no stencil crosses the kink");
        VanillaRnnGradient gradient = VanillaRnnGradient.of(rnn, x, h0, dh);
        new Differences(() -> Differences.inner(dh, VanillaRnn.of(U, W, b, phi).forward(x, h0)))
                .agree("x", x, gradient.dx())
                .agree("h0", h0, gradient.dh0())
                .agree("U", U, gradient.dU())
                .agree("W", W, gradient.dW())
                .agree("b", b, gradient.db());
    }

    /** A stencil reaches 3/256 away in one variable, which moves no pre-activation by as much as 1/10. */
    private static boolean nearKink(SimpleMatrix a) {
        return a.elementOp((int r, int c, double entry) -> Math.abs(entry)).elementMin() < 0.1;
    }

    /** What begins in h_t is a network of its own: its dh_0 is all that reaches h_t from later steps. */
    @Test
    void gamma_is_the_gradient_by_the_state_in_which_the_rest_begins() {
        VanillaRnn rnn = VanillaRnn.of(drawn.matrix(2, 3), drawn.matrix(3, 3), drawn.matrix(1, 3), Activation.TANH);
        List<SimpleMatrix> x = drawn.sequence(4, 2, 2);
        SimpleMatrix h0 = drawn.matrix(2, 3);
        List<SimpleMatrix> dh = drawn.sequence(4, 2, 3);
        List<SimpleMatrix> h = rnn.forward(x, h0);
        List<SimpleMatrix> expected = new ArrayList<>();
        for (int t = 1; t < 4; t++) {
            SimpleMatrix later = VanillaRnnGradient.of(rnn, x.subList(t, 4), h.get(t - 1), dh.subList(t, 4))
                    .dh0();
            expected.add(dh.get(t - 1).plus(later));
        }
        expected.add(dh.get(3));
        assertSame(expected, VanillaRnnGradient.of(rnn, x, h0, dh).Gamma());
    }

    @Test
    void refusals_name_the_argument_and_both_shapes() {
        SimpleMatrix U = new SimpleMatrix(3, 4);
        SimpleMatrix W = new SimpleMatrix(4, 4);
        SimpleMatrix b = new SimpleMatrix(1, 4);
        SimpleMatrix h0 = new SimpleMatrix(2, 4);
        SimpleMatrix xt = new SimpleMatrix(2, 3);
        VanillaRnn rnn = VanillaRnn.of(U, W, b, Activation.TANH);
        assertRefusal("W must be hidden×hidden = 3×3, is 3×4", () -> VanillaRnn.of(U, U, b, Activation.TANH));
        assertRefusal(
                "U must be features×hidden = 4×4, is 4×1", () -> VanillaRnn.of(b.transpose(), W, b, Activation.TANH));
        assertRefusal("b must be 1×hidden = 1×4, is 4×1", () -> VanillaRnn.of(U, W, b.transpose(), Activation.TANH));
        assertRefusal("h0 must be batch×hidden = 2×4, is 2×3", () -> rnn.forward(List.of(xt), xt));
        assertRefusal("x_2 must be batch×features = 2×3, is 2×4", () -> rnn.forward(List.of(xt, h0), h0));
        assertRefusal("x must have at least one time step", () -> rnn.forward(List.of(), h0));
        assertRefusal(
                "dh must have 2 time steps like x, has 1",
                () -> VanillaRnnGradient.of(rnn, List.of(xt, xt), h0, List.of(h0)));
    }
}
