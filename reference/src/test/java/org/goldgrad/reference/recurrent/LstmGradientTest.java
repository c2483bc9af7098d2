package org.goldgrad.reference.recurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LstmGradientTest {

    @ParameterizedTest(name = "T={0} batch={1} features={2} hidden={3} {4}")
    @CsvSource({
        "1, 1, 1, 1, IFGO",
        "1, 1, 2, 3, IFOG",
        "3, 1, 2, 1, GFOI",
        "4, 2, 3, 2, IOFG",
        "2, 3, 1, 5, GFOI",
        "5, 2, 4, 3, IFGO",
    })
    void agrees_with_differences_of_the_loss_in_every_entry(
            int T, int batch, int features, int hidden, GateOrder order) {
        LstmProblem problem = LstmProblem.drawn(T, batch, features, hidden, order);
        LstmGradient gradient = problem.gradient();
        new Differences(problem::loss)
                .agree("x", problem.x(), gradient.dx())
                .agree("h0", problem.h0(), gradient.dh0())
                .agree("c0", problem.c0(), gradient.dc0())
                .agree("U", problem.U(), gradient.dU())
                .agree("W", problem.W(), gradient.dW())
                .agree("b", problem.b(), gradient.db());
    }

    @Test
    void one_unit_by_hand() {
        SimpleMatrix half = SimpleMatrix.filled(1, 1, 0.5);
        SimpleMatrix zero = new SimpleMatrix(1, 1);
        Lstm lstm = Lstm.of(new SimpleMatrix(1, 4), new SimpleMatrix(1, 4), new SimpleMatrix(1, 4), GateOrder.IFGO);
        LstmGradient gradient = LstmGradient.of(
                lstm, List.of(SimpleMatrix.filled(1, 1, 3)), half, half, List.of(zero), SimpleMatrix.ones(1, 1));
        // c = f c0 + i g with f = i = 1/2, g = 0, c0 = 1/2, σ' = 1/4, tanh' = 1
        assertEquals(0.5, gradient.dc0().get(0));
        double[] alpha = {0, 0.5 * 0.25, 0.5, 0};
        for (int q = 0; q < 4; q++) {
            assertEquals(alpha[q], gradient.db().get(q));
            assertEquals(3 * alpha[q], gradient.dU().get(q));
            assertEquals(0.5 * alpha[q], gradient.dW().get(q));
        }
    }

    @Test
    void is_packed_in_the_gate_order_of_the_layer() {
        LstmProblem problem = LstmProblem.drawn(3, 2, 3, 2, GateOrder.IFGO);
        SimpleMatrix dU = problem.gradient().dU();
        for (GateOrder order : GateOrder.values()) {
            SimpleMatrix other = problem.in(order).gradient().dU();
            assertTrue(other.isIdentical(problem.repacked(dU, order), 0x1p-48), () -> "packed " + order);
        }
    }

    @Test
    void does_not_vanish_in_a_saturated_gate() {
        SimpleMatrix one = SimpleMatrix.ones(1, 1);
        SimpleMatrix b = new SimpleMatrix(new double[][] {{0, 50, 0, 0}});
        Lstm lstm = Lstm.of(new SimpleMatrix(1, 4), new SimpleMatrix(1, 4), b, GateOrder.IFGO);
        LstmGradient gradient = LstmGradient.of(lstm, List.of(one), one, one, List.of(new SimpleMatrix(1, 1)), one);
        double expected = StrictMath.exp(-50); // σ'(50), to an ulp
        assertEquals(expected, gradient.db().get(1), 4 * Math.ulp(expected));
    }
}
