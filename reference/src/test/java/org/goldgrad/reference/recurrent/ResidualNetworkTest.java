package org.goldgrad.reference.recurrent;

import static org.goldgrad.reference.recurrent.Exactly.assertEntries;
import static org.goldgrad.reference.recurrent.Exactly.assertNumbers;
import static org.goldgrad.reference.recurrent.Exactly.assertSame;
import static org.goldgrad.reference.recurrent.Exactly.numbers;
import static org.goldgrad.reference.recurrent.Exactly.row;
import static org.goldgrad.reference.recurrent.Refusals.assertRefusal;

import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ResidualNetworkTest {
    private final Drawn drawn = new Drawn();

    @Test
    void without_weights_state_and_gradient_pass_unchanged() {
        ResidualNetwork network = ResidualNetwork.of(
                Sequence.zeros(3, new Shape(2, 2)), Sequence.zeros(3, new Shape(1, 2)), Activation.TANH);
        assertSame(row(3, -5), network.forward(row(3, -5)).get(2));
        List<SimpleMatrix> dh = List.of(row(0, 0), row(0, 0), row(0.1, 7));
        assertSame(row(0.1, 7), ResidualGradient.of(network, row(3, -5), dh).dh0());
    }

    /** h = 2, then 2 + (3·2 + 1) = 9, then 9 + (−2·9 + 4) = −5. */
    @Test
    void two_steps_by_hand() {
        ResidualNetwork network = ResidualNetwork.of(numbers(3, -2), numbers(1, 4), Activation.IDENTITY);
        assertNumbers(network.forward(row(2)), 9, -5);
        ResidualGradient gradient = ResidualGradient.of(network, row(2), numbers(10, 1));
        // Γ_2 = 1, Γ_1 = 10 + 1 − 2 = 9
        assertNumbers(gradient.dW(), 9 * 2, 1 * 9);
        assertNumbers(gradient.db(), 9, 1);
        assertEntries(gradient.dh0(), 9 + 9 * 3);
    }

    @ParameterizedTest
    @EnumSource(value = Activation.class, names = "RELU", mode = EnumSource.Mode.EXCLUDE)
    void agrees_with_differences_of_the_loss(Activation phi) {
        List<SimpleMatrix> W = drawn.sequence(3, 3, 3);
        List<SimpleMatrix> b = drawn.sequence(3, 1, 3);
        SimpleMatrix h0 = drawn.matrix(2, 3);
        List<SimpleMatrix> dh = drawn.sequence(3, 2, 3);
        ResidualGradient gradient = ResidualGradient.of(ResidualNetwork.of(W, b, phi), h0, dh);
        new Differences(() ->
                        Differences.inner(dh, ResidualNetwork.of(W, b, phi).forward(h0)))
                .agree("h0", h0, gradient.dh0())
                .agree("W", W, gradient.dW())
                .agree("b", b, gradient.db());
    }

    @Test
    void refusals_name_the_argument_and_both_shapes() {
        assertRefusal("W must have at least one step", () -> ResidualNetwork.of(List.of(), List.of(), Activation.TANH));
        assertRefusal(
                "b must have 2 steps like W, has 1",
                () -> ResidualNetwork.of(numbers(1, 2), numbers(1), Activation.TANH));
        assertRefusal(
                "W_2 must be hidden×hidden = 1×1, is 1×2",
                () -> ResidualNetwork.of(List.of(row(1), row(1, 2)), numbers(1, 2), Activation.TANH));
        ResidualNetwork network = ResidualNetwork.of(numbers(1, 2), numbers(1, 2), Activation.TANH);
        assertRefusal("h0 must be batch×hidden = 1×1, is 1×2", () -> network.forward(row(1, 2)));
        assertRefusal("dh must have 2 steps like W, has 1", () -> ResidualGradient.of(network, row(1), numbers(1)));
    }
}
