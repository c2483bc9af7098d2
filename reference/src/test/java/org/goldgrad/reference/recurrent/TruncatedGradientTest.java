package org.goldgrad.reference.recurrent;

import static org.goldgrad.reference.recurrent.Exactly.assertEntries;
import static org.goldgrad.reference.recurrent.Exactly.assertNumbers;
import static org.goldgrad.reference.recurrent.Exactly.assertSame;
import static org.goldgrad.reference.recurrent.Exactly.numbers;
import static org.goldgrad.reference.recurrent.Exactly.row;
import static org.goldgrad.reference.recurrent.Refusals.assertRefusal;

import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TruncatedGradientTest {
    private final Drawn drawn = new Drawn();
    private final SimpleMatrix U = drawn.matrix(2, 3);
    private final SimpleMatrix W = drawn.matrix(3, 3);
    private final SimpleMatrix b = drawn.matrix(1, 3);
    private final SimpleMatrix h0 = drawn.matrix(2, 3);
    private final List<SimpleMatrix> x = drawn.sequence(5, 2, 2);
    private final List<SimpleMatrix> dh = drawn.sequence(5, 2, 3);

    private VanillaRnn rnn() {
        return VanillaRnn.of(U, W, b, Activation.TANH);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, Integer.MAX_VALUE})
    void a_window_of_the_whole_length_truncates_nothing(int window) {
        VanillaRnnGradient full = VanillaRnnGradient.of(rnn(), x, h0, dh);
        TruncatedGradient truncated = TruncatedGradient.of(rnn(), window, x, h0, dh);
        assertSame(full.dx(), truncated.dx());
        assertSame(full.dh0(), truncated.dh0());
        assertSame(full.dU(), truncated.dU());
        assertSame(full.dW(), truncated.dW());
        assertSame(full.db(), truncated.db());
    }

    /** h = 2·1 + 1 = 3, 7, 15; with windows 1–2 and 3, δ = 1 + 2·10, 10, 100. */
    @Test
    void three_steps_in_windows_of_two_by_hand() {
        VanillaRnn doubling = VanillaRnn.of(row(1), row(2), row(0), Activation.IDENTITY);
        TruncatedGradient gradient = TruncatedGradient.of(doubling, 2, numbers(1, 1, 1), row(1), numbers(1, 10, 100));
        assertNumbers(gradient.dx(), 21, 10, 100);
        assertEntries(gradient.dh0(), 2 * 21);
        assertEntries(gradient.dW(), 21 + 3 * 10 + 7 * 100);
        assertEntries(gradient.dU(), 131);
        assertEntries(gradient.db(), 131);
    }

    @Test
    void a_window_of_one_sees_each_step_alone() {
        TruncatedGradient gradient = TruncatedGradient.of(rnn(), 1, x, h0, dh);
        List<VanillaRnn.Step> steps = rnn().steps(x, h0);
        for (int t = 0; t < 5; t++) {
            SimpleMatrix delta = dh.get(t)
                    .elementMult(Activation.TANH.derivativeAt(steps.get(t).a()));
            assertSame(delta.mult(U.transpose()), gradient.dx().get(t));
        }
    }

    /** The loss in which the state before each window is a number, not a function of anything. */
    @Test
    void agrees_with_differences_of_a_loss_in_which_windows_begin_in_constants() {
        TruncatedGradient gradient = TruncatedGradient.of(rnn(), 2, x, h0, dh);
        List<SimpleMatrix> h = rnn().forward(x, h0);
        new Differences(() -> loss(0, 2, h0) + loss(2, 4, h.get(1)) + loss(4, 5, h.get(3)))
                .agree("x", x, gradient.dx())
                .agree("h0", h0, gradient.dh0())
                .agree("U", U, gradient.dU())
                .agree("W", W, gradient.dW())
                .agree("b", b, gradient.db());
    }

    private double loss(int begin, int end, SimpleMatrix hBefore) {
        return Differences.inner(dh.subList(begin, end), rnn().forward(x.subList(begin, end), hBefore));
    }

    @Test
    void refuses_an_empty_window() {
        assertRefusal("window must be at least 1, is 0", () -> TruncatedGradient.of(rnn(), 0, x, h0, dh));
        assertRefusal(
                "dh must have 5 time steps like x, has 4",
                () -> TruncatedGradient.of(rnn(), 2, x, h0, dh.subList(0, 4)));
    }
}
