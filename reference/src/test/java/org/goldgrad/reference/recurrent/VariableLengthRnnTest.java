package org.goldgrad.reference.recurrent;

import static org.goldgrad.reference.recurrent.Exactly.assertNumbers;
import static org.goldgrad.reference.recurrent.Exactly.assertSame;
import static org.goldgrad.reference.recurrent.Exactly.numbers;
import static org.goldgrad.reference.recurrent.Exactly.row;
import static org.goldgrad.reference.recurrent.Refusals.assertRefusal;

import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

final class VariableLengthRnnTest {
    private static final List<Integer> LENGTHS = List.of(2, 4, 1);

    private final Drawn drawn = new Drawn();
    private final SimpleMatrix U = drawn.matrix(2, 3);
    private final SimpleMatrix W = drawn.matrix(3, 3);
    private final SimpleMatrix b = drawn.matrix(1, 3);
    private final SimpleMatrix h0 = drawn.matrix(3, 3);
    private final List<SimpleMatrix> x = drawn.sequence(4, 3, 2);
    private final List<SimpleMatrix> dh = drawn.sequence(4, 3, 3);
    private final SimpleMatrix dlast = drawn.matrix(3, 3);

    private VariableLengthRnn layer() {
        return VariableLengthRnn.of(U, W, b);
    }

    private VariableLengthRnn.Output output() {
        return layer().forward(x, LENGTHS, h0);
    }

    private VariableLengthRnnGradient gradient() {
        return VariableLengthRnnGradient.of(layer(), x, LENGTHS, h0, dh, dlast);
    }

    /** Without an activation: h = 3, 3 + 4 = 7, and no further. */
    @Test
    void a_sequence_ends_at_its_own_end() {
        VariableLengthRnn sums = VariableLengthRnn.of(VanillaRnn.of(row(1), row(1), row(0), Activation.IDENTITY));
        VariableLengthRnn.Output output = sums.forward(numbers(3, 4, 5), List.of(2), row(0));
        assertNumbers(output.h(), 3, 7, 0);
        assertNumbers(List.of(output.last()), 7);
        VariableLengthRnnGradient gradient = VariableLengthRnnGradient.of(
                sums, numbers(3, 4, 5), List.of(2), row(0), numbers(1, 10, 100), row(1000));
        assertNumbers(gradient.dx(), 1011, 1010, 0);
        assertNumbers(List.of(gradient.dh0(), gradient.dW(), gradient.db()), 1011, 3 * 1010, 1011 + 1010);
    }

    @Test
    void at_full_length_it_is_the_vanilla_layer_whose_last_state_is_an_output_of_its_own() {
        VanillaRnn vanilla = VanillaRnn.of(U, W, b, Activation.TANH);
        List<Integer> full = List.of(4, 4, 4);
        VariableLengthRnn.Output output = layer().forward(x, full, h0);
        assertSame(vanilla.forward(x, h0), output.h());
        assertSame(output.h().get(3), output.last());
        VanillaRnnGradient expected = VanillaRnnGradient.of(vanilla, x, h0, Sequence.plusAtEnd(dh, dlast));
        VariableLengthRnnGradient gradient = VariableLengthRnnGradient.of(layer(), x, full, h0, dh, dlast);
        assertSame(expected.dx(), gradient.dx());
        assertSame(expected.dh0(), gradient.dh0());
    }

    @Test
    void agrees_with_differences_of_the_loss() {
        VariableLengthRnnGradient gradient = gradient();
        new Differences(() -> Differences.inner(dh, output().h())
                        + Differences.inner(List.of(dlast), List.of(output().last())))
                .agree("x", x, gradient.dx())
                .agree("h0", h0, gradient.dh0())
                .agree("U", U, gradient.dU())
                .agree("W", W, gradient.dW())
                .agree("b", b, gradient.db());
    }

    @Test
    void nothing_leaks_out_of_the_padding_not_even_nan() {
        VariableLengthRnn.Output output = output();
        VariableLengthRnnGradient gradient = gradient();
        for (int r = 0; r < 3; r++) {
            for (int t = LENGTHS.get(r); t < 4; t++) {
                x.get(t).setRow(r, SimpleMatrix.filled(1, 2, Double.NaN));
                dh.get(t).setRow(r, SimpleMatrix.filled(1, 3, Double.NaN));
            }
        }
        assertSame(output.h(), output().h());
        assertSame(gradient.dx(), gradient().dx());
        assertSame(gradient.dW(), gradient().dW());
    }

    @Test
    void refuses_lengths_that_are_too_few_or_out_of_range() {
        assertRefusal(
                "lengths must have 3 entries, one for each sequence of the batch, has 2",
                () -> layer().forward(x, List.of(1, 2), h0));
        assertRefusal("lengths must be from 1 to time = 4, one is 5", () -> layer().forward(x, List.of(1, 5, 2), h0));
        assertRefusal("lengths must be from 1 to time = 4, one is 0", () -> layer().forward(x, List.of(1, 2, 0), h0));
        assertRefusal(
                "dlast must be batch×hidden = 3×3, is 1×3",
                () -> VariableLengthRnnGradient.of(layer(), x, LENGTHS, h0, dh, b));
    }
}
