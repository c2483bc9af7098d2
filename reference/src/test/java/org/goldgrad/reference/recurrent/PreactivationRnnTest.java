package org.goldgrad.reference.recurrent;

import static org.goldgrad.reference.recurrent.Exactly.assertEntries;
import static org.goldgrad.reference.recurrent.Exactly.assertNumbers;
import static org.goldgrad.reference.recurrent.Exactly.numbers;
import static org.goldgrad.reference.recurrent.Exactly.row;
import static org.goldgrad.reference.recurrent.Refusals.assertRefusal;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PreactivationRnnTest {
    private final Drawn drawn = new Drawn();

    /** h = −2·3 + 5 = −1, whose relu is 0, then 0 + 4 = 4, then −2·4 + 1 = −7. */
    @Test
    void three_steps_by_hand() {
        PreactivationRnn rnn = PreactivationRnn.of(row(1), row(-2), row(0), Activation.RELU);
        assertNumbers(rnn.forward(numbers(5, 4, 1), row(3)), -1, 4, -7);
        PreactivationGradient gradient = PreactivationGradient.of(rnn, numbers(5, 4, 1), row(3), numbers(100, 10, 1));
        // Γ = 100 + 0, 10 − 2, 1
        assertNumbers(gradient.dx(), 100, 8, 1);
        assertEntries(gradient.dh0(), -200);
        assertEntries(gradient.dW(), 100 * 3 + 8 * 0 + 1 * 4);
        assertEntries(gradient.dU(), 100 * 5 + 8 * 4 + 1 * 1);
        assertEntries(gradient.db(), 109);
    }

    /** Sums of a few numbers below 4 in another order, twice through functions of slope ≤ 1: some ulps of 1. */
    @ParameterizedTest
    @EnumSource(Activation.class)
    void its_nonlinear_image_is_the_vanilla_layer(Activation phi) {
        SimpleMatrix U = drawn.matrix(2, 3);
        SimpleMatrix W = drawn.matrix(3, 3);
        SimpleMatrix b = drawn.matrix(1, 3);
        SimpleMatrix h0 = drawn.matrix(2, 3);
        List<SimpleMatrix> x = drawn.sequence(2, 2, 2);
        List<SimpleMatrix> h = PreactivationRnn.of(U, W, b, phi).forward(x, h0);
        List<SimpleMatrix> g = VanillaRnn.of(U, W, b, phi).forward(x, phi.of(h0));
        for (int t = 0; t < 2; t++) {
            assertTrue(phi.of(h.get(t)).isIdentical(g.get(t), 0x1p-48));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Activation.class, names = "RELU", mode = EnumSource.Mode.EXCLUDE)
    void agrees_with_differences_of_the_loss(Activation phi) {
        List<SimpleMatrix> x = drawn.sequence(3, 2, 2);
        SimpleMatrix h0 = drawn.matrix(2, 3);
        SimpleMatrix U = drawn.matrix(2, 3);
        SimpleMatrix W = drawn.matrix(3, 3);
        SimpleMatrix b = drawn.matrix(1, 3);
        List<SimpleMatrix> dh = drawn.sequence(3, 2, 3);
        PreactivationGradient gradient = PreactivationGradient.of(PreactivationRnn.of(U, W, b, phi), x, h0, dh);
        new Differences(() ->
                        Differences.inner(dh, PreactivationRnn.of(U, W, b, phi).forward(x, h0)))
                .agree("x", x, gradient.dx())
                .agree("h0", h0, gradient.dh0())
                .agree("U", U, gradient.dU())
                .agree("W", W, gradient.dW())
                .agree("b", b, gradient.db());
    }

    @Test
    void refusals_name_the_argument_and_both_shapes() {
        assertRefusal(
                "b must be 1×hidden = 1×1, is 1×2",
                () -> PreactivationRnn.of(row(1), row(1), row(1, 2), Activation.TANH));
        PreactivationRnn rnn = PreactivationRnn.of(row(1), row(1), row(1), Activation.TANH);
        assertRefusal("x must have at least one time step", () -> rnn.forward(List.of(), row(1)));
        assertRefusal(
                "dh must have 1 time steps like x, has 2",
                () -> PreactivationGradient.of(rnn, numbers(1), row(1), numbers(1, 2)));
    }
}
