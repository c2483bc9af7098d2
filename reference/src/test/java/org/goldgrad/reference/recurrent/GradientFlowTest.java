package org.goldgrad.reference.recurrent;

import static org.goldgrad.reference.recurrent.Exactly.assertEntries;
import static org.goldgrad.reference.recurrent.Exactly.numbers;
import static org.goldgrad.reference.recurrent.Exactly.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Norm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class GradientFlowTest {
    private final Drawn drawn = new Drawn();

    /** h = 1, 3, 7, 15 by h_t = 2h_{t−1} + 1; the prediction −3h misses its target by 1 at the end, by 3 before. */
    @Test
    void one_linear_unit_reaches_the_bound() {
        VanillaRnn rnn = VanillaRnn.of(row(1), row(2), row(0), Activation.IDENTITY);
        List<SimpleMatrix> x = numbers(1, 1, 1, 1);
        List<SimpleMatrix> z = numbers(0, 0, -24, -46);
        GradientFlow last = GradientFlow.of(RnnRegression.of(rnn, row(-3), row(0), Targets.LAST), x, row(0), z);
        assertEntries(last.norms(), 48, 24, 12, 6);
        assertEntries(last.bound(), 48, 24, 12, 6);
        GradientFlow all = GradientFlow.of(
                RnnRegression.of(rnn, row(-3), row(0), Targets.ALL), x, row(0), numbers(-3, -9, -24, -46));
        // e = 0, 0, 3/2, 1/2 times −3: dh = 0, 0, −4.5, −1.5
        assertEntries(all.norms(), 30, 15, 7.5, 1.5);
        assertEntries(all.bound(), 30, 15, 7.5, 1.5);
    }

    /** At a = 0, where σ is steepest: h stays 1/2, and each step backwards halves the gradient, as w/4 = 1/2. */
    @Test
    void one_logistic_unit_in_the_middle_of_its_range_reaches_the_bound() {
        VanillaRnn rnn = VanillaRnn.of(row(1), row(2), row(-1), Activation.SIGMOID);
        RnnRegression regression = RnnRegression.of(rnn, row(8), row(0), Targets.LAST);
        GradientFlow flow = GradientFlow.of(regression, numbers(0, 0, 0), row(0.5), numbers(0, 0, 3.5));
        // the prediction 4 misses 3.5 by 1/2
        assertEntries(flow.norms(), 2, 4, 8);
        assertEntries(flow.bound(), 2, 4, 8);
    }

    /** In the last step the prediction is the only way, and one step before it the way through W besides. */
    @Test
    void norms_are_those_of_whole_gradients_and_the_bound_adds_up_what_may_cancel() {
        VanillaRnn rnn =
                VanillaRnn.of(new SimpleMatrix(1, 2), SimpleMatrix.identity(2), row(3, 4), Activation.IDENTITY);
        SimpleMatrix F = SimpleMatrix.identity(2);
        RnnRegression regression = RnnRegression.of(rnn, F, row(0, 0), Targets.ALL);
        // h = (3, 4), (6, 8); e = (2/4)(−6, −8), (2/4)(6, 8), which cancel
        GradientFlow flow = GradientFlow.of(regression, numbers(0, 0), row(0, 0), List.of(row(9, 12), row(0, 0)));
        assertEntries(flow.norms(), 0, 5);
        assertEntries(flow.bound(), 5 + 5, 5); // ‖I‖ = 1
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void no_norm_exceeds_its_bound(Activation phi) {
        for (Targets targets : Targets.values()) {
            VanillaRnn rnn = VanillaRnn.of(drawn.matrix(2, 3), drawn.matrix(3, 3), drawn.matrix(1, 3), phi);
            RnnRegression regression = RnnRegression.of(rnn, drawn.matrix(3, 2), drawn.matrix(1, 2), targets);
            GradientFlow flow =
                    GradientFlow.of(regression, drawn.sequence(6, 2, 2), drawn.matrix(2, 3), drawn.sequence(6, 2, 2));
            for (int t = 0; t < 6; t++) {
                assertTrue(flow.norms().get(t) <= flow.bound().get(t), "step " + (t + 1) + ", " + targets);
            }
            assertEquals(flow.norms().get(5), flow.bound().get(5));
        }
    }

    /** Without recurrent weights h_t matters to its own prediction alone: e Fᵀ = (2/2)(h_t·(3, 4)ᵀ − z)·(3, 4). */
    @Test
    void an_lstm_without_recurrent_weights_feels_each_state_in_its_own_prediction() {
        Lstm lstm = Lstm.of(new SimpleMatrix(1, 8), new SimpleMatrix(2, 8), new SimpleMatrix(1, 8), GateOrder.IFGO);
        SimpleMatrix F = new SimpleMatrix(new double[][] {{3}, {4}});
        SimpleMatrix zero = row(0, 0);
        SimpleMatrix all = LstmGradientFlow.of(lstm, F, row(0), Targets.ALL, numbers(1, 1), zero, zero, numbers(-1, 7))
                .norms();
        assertEntries(all, 5, 35);
        SimpleMatrix last = LstmGradientFlow.of(
                        lstm, F, row(0), Targets.LAST, numbers(1, 1), zero, zero, numbers(-1, 7))
                .norms();
        assertEntries(last, 0, 70);
    }

    /** The loss gets h_t by reading it and by going on from it, so the norm is that of a network begun there. */
    @Test
    void an_lstm_feels_a_state_as_it_would_feel_an_initial_one() {
        Lstm lstm = Lstm.of(drawn.matrix(2, 12), drawn.matrix(3, 12), drawn.matrix(1, 12), GateOrder.IFGO);
        SimpleMatrix F = drawn.matrix(3, 2);
        SimpleMatrix f = drawn.matrix(1, 2);
        List<SimpleMatrix> x = drawn.sequence(3, 2, 2);
        List<SimpleMatrix> z = drawn.sequence(3, 2, 2);
        SimpleMatrix h0 = drawn.matrix(2, 3);
        SimpleMatrix c0 = drawn.matrix(2, 3);
        List<Lstm.Step> steps = lstm.steps(x, h0, c0);
        SimpleMatrix norms =
                LstmGradientFlow.of(lstm, F, f, Targets.LAST, x, h0, c0, z).norms();
        Lstm.Step first = steps.get(0);
        SimpleMatrix e =
                steps.get(2).h().mult(F).plus(SimpleMatrix.ones(2, 1).mult(f)).minus(z.get(2));
        SimpleMatrix later = LstmGradient.of(
                        lstm,
                        x.subList(1, 3),
                        first.h(),
                        first.c(),
                        List.of(h0.createLike(), e.scale(2.0 / 4).mult(F.transpose())),
                        c0.createLike())
                .dh0();
        assertEquals(Norm.of(later), norms.get(0));
    }
}
