package org.goldgrad.reference.recurrent;

import static org.goldgrad.reference.recurrent.Exactly.assertEntries;
import static org.goldgrad.reference.recurrent.Exactly.assertNumbers;
import static org.goldgrad.reference.recurrent.Exactly.numbers;
import static org.goldgrad.reference.recurrent.Exactly.row;
import static org.goldgrad.reference.recurrent.Refusals.assertRefusal;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RnnRegressionTest {
    private final Drawn drawn = new Drawn();

    /** h = 1, 2 + 3 = 5; predictions 2h + 1 = 3, 11; errors 1, −2. */
    @Test
    void two_steps_by_hand() {
        VanillaRnn rnn = VanillaRnn.of(row(1), row(2), row(0), Activation.IDENTITY);
        List<SimpleMatrix> x = numbers(1, 3);
        List<SimpleMatrix> z = numbers(2, 13);
        RnnRegression all = RnnRegression.of(rnn, row(2), row(1), Targets.ALL);
        RnnRegression last = RnnRegression.of(rnn, row(2), row(1), Targets.LAST);
        assertNumbers(all.forward(x, row(0), z).prediction(), 3, 11);
        assertNumbers(last.forward(x, row(0), z).prediction(), 3, 11);
        assertEquals((1 + 4) / 2.0, all.forward(x, row(0), z).loss());
        assertEquals(4, last.forward(x, row(0), z).loss());
        RnnRegressionGradient ofAll = RnnRegressionGradient.of(all, x, row(0), z, numbers(0, 0), 1);
        // e = 1, −2; δ = 2·1 + 2·(−4), 2·(−2)
        assertNumbers(ofAll.dx(), -6, -4);
        assertEntries(ofAll.dF(), 1 - 2 * 5);
        assertEntries(ofAll.df(), 1 - 2);
        RnnRegressionGradient ofLast = RnnRegressionGradient.of(last, x, row(0), z, numbers(0, 0), 1);
        // e = 0, −4; δ = 2·(−8), 2·(−4)
        assertNumbers(ofLast.dx(), -16, -8);
        assertEntries(ofLast.dF(), -4 * 5);
        assertEntries(ofLast.df(), -4);
    }

    @ParameterizedTest
    @EnumSource(Targets.class)
    void agrees_with_differences_of_the_loss(Targets targets) {
        List<SimpleMatrix> x = drawn.sequence(3, 2, 3);
        List<SimpleMatrix> z = drawn.sequence(3, 2, 4);
        List<SimpleMatrix> dprediction = drawn.sequence(3, 2, 4);
        double dloss = 0.75;
        SimpleMatrix h0 = drawn.matrix(2, 2);
        SimpleMatrix U = drawn.matrix(3, 2);
        SimpleMatrix W = drawn.matrix(2, 2);
        SimpleMatrix b = drawn.matrix(1, 2);
        SimpleMatrix F = drawn.matrix(2, 4);
        SimpleMatrix f = drawn.matrix(1, 4);
        RnnRegressionGradient gradient =
                RnnRegressionGradient.of(regression(U, W, b, F, f, targets), x, h0, z, dprediction, dloss);
        new Differences(() -> {
                    RnnRegression.Output output =
                            regression(U, W, b, F, f, targets).forward(x, h0, z);
                    return Differences.inner(dprediction, output.prediction()) + dloss * output.loss();
                })
                .agree("x", x, gradient.dx())
                .agree("h0", h0, gradient.dh0())
                .agree("U", U, gradient.dU())
                .agree("W", W, gradient.dW())
                .agree("b", b, gradient.db())
                .agree("F", F, gradient.dF())
                .agree("f", f, gradient.df());
    }

    private static RnnRegression regression(
            SimpleMatrix U, SimpleMatrix W, SimpleMatrix b, SimpleMatrix F, SimpleMatrix f, Targets targets) {
        return RnnRegression.of(VanillaRnn.of(U, W, b, Activation.TANH), F, f, targets);
    }

    @Test
    void refusals_name_the_argument_and_both_shapes() {
        VanillaRnn rnn = VanillaRnn.of(new SimpleMatrix(3, 2), new SimpleMatrix(2, 2), row(0, 0), Activation.TANH);
        assertRefusal(
                "F must be hidden×outputs = 2×1, is 3×1",
                () -> RnnRegression.of(rnn, new SimpleMatrix(3, 1), row(0), Targets.ALL));
        assertRefusal(
                "f must be 1×outputs = 1×1, is 1×2",
                () -> RnnRegression.of(rnn, new SimpleMatrix(2, 1), row(0, 0), Targets.ALL));
        RnnRegression regression = RnnRegression.of(rnn, new SimpleMatrix(2, 1), row(0), Targets.LAST);
        assertRefusal(
                "z must have 2 time steps like x, has 1",
                () -> regression.forward(List.of(row(1, 2, 3), row(1, 2, 3)), row(0, 0), numbers(1)));
        assertRefusal(
                "z_1 must be batch×outputs = 1×1, is 1×2",
                () -> regression.forward(List.of(row(1, 2, 3)), row(0, 0), List.of(row(1, 2))));
    }
}
