package org.goldgrad.reference.recurrent;

import static org.goldgrad.reference.recurrent.Exactly.assertEntries;
import static org.goldgrad.reference.recurrent.Exactly.assertSame;
import static org.goldgrad.reference.recurrent.Exactly.row;
import static org.goldgrad.reference.recurrent.Refusals.assertRefusal;

import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LowRankRnnTest {
    private static final SimpleMatrix R = new SimpleMatrix(new double[][] {{1, 2}, {3, 4}});
    private static final SimpleMatrix P = new SimpleMatrix(new double[][] {{1, 0}, {2, 1}});
    private static final SimpleMatrix Q = new SimpleMatrix(new double[][] {{4, 0}, {0, 8}});

    private final Drawn drawn = new Drawn();

    /** PQᵀ = [[4, 0], [8, 8]]. */
    @Test
    void the_low_rank_part_is_added_in_its_scale() {
        assertEntries(weight(LowRankScale.ALPHA), 1 + 3, 2, 3 + 6, 4 + 6);
        assertEntries(weight(LowRankScale.ONE_OVER_K), 1 + 2, 2, 3 + 4, 4 + 4);
    }

    private static SimpleMatrix weight(LowRankScale scale) {
        return LowRankRnn.of(row(0, 0), R, P, Q, row(0, 0), 0.75, scale).rnn.W;
    }

    @Test
    void without_a_low_rank_part_it_is_the_layer_of_the_fixed_weight() {
        SimpleMatrix U = drawn.matrix(3, 2);
        SimpleMatrix b = drawn.matrix(1, 2);
        List<SimpleMatrix> x = drawn.sequence(3, 2, 3);
        SimpleMatrix h0 = drawn.matrix(2, 2);
        LowRankRnn layer = LowRankRnn.of(U, R, P, Q.createLike(), b, 2, LowRankScale.ALPHA);
        assertSame(VanillaRnn.of(U, R, b, Activation.TANH).forward(x, h0), layer.forward(x, h0));
    }

    @ParameterizedTest
    @EnumSource(LowRankScale.class)
    void agrees_with_differences_of_the_loss(LowRankScale scale) {
        SimpleMatrix U = drawn.matrix(2, 4);
        SimpleMatrix random = drawn.matrix(4, 4);
        SimpleMatrix p = drawn.matrix(4, 3);
        SimpleMatrix q = drawn.matrix(4, 3);
        SimpleMatrix b = drawn.matrix(1, 4);
        List<SimpleMatrix> x = drawn.sequence(3, 2, 2);
        SimpleMatrix h0 = drawn.matrix(2, 4);
        List<SimpleMatrix> dh = drawn.sequence(3, 2, 4);
        LowRankGradient gradient = LowRankGradient.of(LowRankRnn.of(U, random, p, q, b, 0.25, scale), x, h0, dh);
        new Differences(() -> Differences.inner(
                        dh, LowRankRnn.of(U, random, p, q, b, 0.25, scale).forward(x, h0)))
                .agree("x", x, gradient.dx())
                .agree("h0", h0, gradient.dh0())
                .agree("U", U, gradient.dU())
                .agree("P", p, gradient.dP())
                .agree("Q", q, gradient.dQ())
                .agree("b", b, gradient.db());
    }

    @Test
    void refusals_name_the_argument_and_both_shapes() {
        assertRefusal(
                "P must be hidden×rank = 2×3, is 3×3",
                () -> LowRankRnn.of(row(0, 0), R, drawn.matrix(3, 3), Q, row(0, 0), 1, LowRankScale.ALPHA));
        assertRefusal(
                "Q must be hidden×rank = 2×2, is 1×2",
                () -> LowRankRnn.of(row(0, 0), R, P, row(0, 0), row(0, 0), 1, LowRankScale.ALPHA));
    }
}
