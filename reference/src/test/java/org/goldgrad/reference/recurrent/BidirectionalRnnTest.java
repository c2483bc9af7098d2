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
import org.junit.jupiter.params.provider.EnumSource;

final class BidirectionalRnnTest {
    private final Drawn drawn = new Drawn();
    private final SimpleMatrix Uf = drawn.matrix(2, 3);
    private final SimpleMatrix Wf = drawn.matrix(3, 3);
    private final SimpleMatrix bf = drawn.matrix(1, 3);
    private final SimpleMatrix Ub = drawn.matrix(2, 3);
    private final SimpleMatrix Wb = drawn.matrix(3, 3);
    private final SimpleMatrix bb = drawn.matrix(1, 3);
    private final SimpleMatrix hf0 = drawn.matrix(3, 3);
    private final SimpleMatrix hb0 = drawn.matrix(3, 3);
    private final List<SimpleMatrix> x = drawn.sequence(3, 3, 2);

    private VanillaRnn forwards() {
        return VanillaRnn.of(Uf, Wf, bf, Activation.SIGMOID);
    }

    private VanillaRnn backwards() {
        return VanillaRnn.of(Ub, Wb, bb, Activation.SIGMOID);
    }

    /** x = 1, 2, 4 and then padding; hf = 1, 3, 7; hb = 10·4 = 40, then 10·(2 + 40), from hb_{ℓ+1} = 0. */
    @Test
    void the_backward_direction_begins_at_each_sequences_own_end() {
        VanillaRnn sum = VanillaRnn.of(row(1), row(1), row(0), Activation.IDENTITY);
        VanillaRnn tenfold = VanillaRnn.of(row(10), row(10), row(0), Activation.IDENTITY);
        BidirectionalRnn rnn = BidirectionalRnn.of(sum, tenfold, Merge.SUM);
        BidirectionalRnn.Output output = rnn.forward(numbers(1, 2, 4, 8), List.of(3), row(0), row(0));
        assertNumbers(output.hf(), 1, 3, 7, 0);
        assertNumbers(output.hb(), 4210, 420, 40, 0);
        assertNumbers(output.merged(), 4211, 423, 47, 0);
        BidirectionalGradient gradient = BidirectionalGradient.of(
                rnn,
                numbers(1, 2, 4, 8),
                List.of(3),
                row(0),
                row(0),
                numbers(0, 0, 1, 5),
                numbers(0, 1, 0, 5),
                numbers(0, 0, 0, 5));
        // hf_3 sums all; hb_2 = 10·2 + 100·4 + 100·hb_4
        assertNumbers(gradient.dx(), 1, 1 + 10, 1 + 100, 0);
        assertEntries(gradient.dhf0(), 1);
        assertEntries(gradient.dhb0(), 100);
        assertEntries(gradient.dWf(), 0 + 1 + 3);
        assertEntries(gradient.dWb(), 40);
        assertEntries(gradient.dUb(), 2 + 10 * 4);
    }

    @Test
    void reversing_time_exchanges_the_directions() {
        List<Integer> full = List.of(3, 3, 3);
        BidirectionalRnn.Output output =
                BidirectionalRnn.of(forwards(), backwards(), Merge.MEAN).forward(x, full, hf0, hb0);
        BidirectionalRnn.Output mirror =
                BidirectionalRnn.of(backwards(), forwards(), Merge.MEAN).forward(Sequence.reversed(x), full, hb0, hf0);
        assertSame(Sequence.reversed(output.hf()), mirror.hb());
        assertSame(Sequence.reversed(output.hb()), mirror.hf());
        assertSame(Sequence.reversed(output.merged()), mirror.merged());
    }

    @ParameterizedTest
    @EnumSource(Merge.class)
    void agrees_with_differences_of_the_loss(Merge merge) {
        List<Integer> lengths = List.of(2, 3, 1);
        List<SimpleMatrix> dhf = drawn.sequence(3, 3, 3);
        List<SimpleMatrix> dhb = drawn.sequence(3, 3, 3);
        List<SimpleMatrix> dmerged = drawn.sequence(3, 3, 3);
        BidirectionalGradient gradient = BidirectionalGradient.of(
                BidirectionalRnn.of(forwards(), backwards(), merge), x, lengths, hf0, hb0, dhf, dhb, dmerged);
        new Differences(() -> {
                    BidirectionalRnn.Output output =
                            BidirectionalRnn.of(forwards(), backwards(), merge).forward(x, lengths, hf0, hb0);
                    return Differences.inner(dhf, output.hf())
                            + Differences.inner(dhb, output.hb())
                            + Differences.inner(dmerged, output.merged());
                })
                .agree("x", x, gradient.dx())
                .agree("hf0", hf0, gradient.dhf0())
                .agree("hb0", hb0, gradient.dhb0())
                .agree("Uf", Uf, gradient.dUf())
                .agree("Wf", Wf, gradient.dWf())
                .agree("bf", bf, gradient.dbf())
                .agree("Ub", Ub, gradient.dUb())
                .agree("Wb", Wb, gradient.dWb())
                .agree("bb", bb, gradient.dbb());
    }

    @Test
    void refuses_directions_that_do_not_match() {
        VanillaRnn other = VanillaRnn.of(row(1), row(1), row(1), Activation.TANH);
        assertRefusal(
                "Ub must be features×hidden = 2×3, is 1×1", () -> BidirectionalRnn.of(forwards(), other, Merge.SUM));
        BidirectionalRnn rnn = BidirectionalRnn.of(forwards(), backwards(), Merge.SUM);
        List<Integer> lengths = List.of(1, 2, 3);
        assertRefusal("hb0 must be batch×hidden = 3×3, is 1×3", () -> rnn.forward(x, lengths, hf0, bb));
        assertRefusal(
                "dhb must have 3 time steps like x, has 1",
                () -> BidirectionalGradient.of(rnn, x, lengths, hf0, hb0, List.of(hf0, hf0, hf0), List.of(hf0), x));
    }
}
