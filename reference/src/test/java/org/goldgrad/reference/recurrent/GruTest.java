package org.goldgrad.reference.recurrent;

import static org.goldgrad.reference.recurrent.Exactly.assertEntries;
import static org.goldgrad.reference.recurrent.Exactly.assertSame;
import static org.goldgrad.reference.recurrent.Exactly.numbers;
import static org.goldgrad.reference.recurrent.Exactly.row;
import static org.goldgrad.reference.recurrent.Refusals.assertRefusal;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GruTest {
    private final Drawn drawn = new Drawn();

    @Test
    void without_weights_the_state_halves_and_so_does_its_gradient() {
        SimpleMatrix zero = new SimpleMatrix(1, 6);
        for (GruReset reset : GruReset.values()) {
            for (GruUpdate update : GruUpdate.values()) {
                Gru gru = Gru.of(
                        new SimpleMatrix(1, 6), new SimpleMatrix(2, 6), zero, zero, GruGateOrder.RZN, reset, update);
                List<SimpleMatrix> h = gru.forward(numbers(7, 8), row(4, -2));
                assertEntries(h.get(0), 2, -1);
                assertEntries(h.get(1), 1, -0.5);
                List<SimpleMatrix> dh = List.of(row(0, 0), row(16, 8));
                assertEntries(GruGradient.of(gru, numbers(7, 8), row(4, -2), dh).dh0(), 4, 2);
            }
        }
    }

    /** Blocks r, z, n: b = −1, 0.25, 0.5; d = 2, −1, 3; U = 1, 2, −1; W = 0.5, −1, 2; x = 3, h0 = −2. */
    @ParameterizedTest
    @CsvSource({"AFTER, KEEP", "AFTER, REPLACE", "BEFORE, KEEP", "BEFORE, REPLACE"})
    void one_unit_by_hand(GruReset reset, GruUpdate update) {
        Gru gru = Gru.of(
                row(1, 2, -1), row(0.5, -1, 2), row(-1, 0.25, 0.5), row(2, -1, 3), GruGateOrder.RZN, reset, update);
        Gru.Step step = gru.steps(numbers(3), row(-2)).get(0);
        double r = Activation.SIGMOID.value(3 - 1 + 0.5 * -2 + 2);
        double z = Activation.SIGMOID.value(6 + 0.25 + 2 - 1);
        double q = reset == GruReset.AFTER ? r * (2 * -2 + 3) : 2 * (r * -2) + 3;
        double n = StrictMath.tanh(-3 + 0.5 + q);
        double zBar = Activation.SIGMOID.value(-7.25); // 1 − z
        assertEquals(r, step.r().get(0));
        assertEquals(z, step.z().get(0));
        assertEquals(n, step.n().get(0));
        assertEquals(
                update == GruUpdate.KEEP ? zBar * n + z * -2 : z * n + zBar * -2,
                step.h().get(0));
    }

    /** σ(−800) is 0, so nothing is taken in, and the state and its gradient pass unchanged. */
    @Test
    void a_closed_update_gate_carries_the_state_unchanged() {
        Gru gru = Gru.of(
                new SimpleMatrix(1, 3),
                drawn.matrix(1, 3),
                row(0, 800, 0),
                row(0, 0, 0),
                GruGateOrder.RZN,
                GruReset.AFTER,
                GruUpdate.KEEP);
        assertEntries(gru.forward(numbers(1, 2), row(0.7)).get(1), 0.7);
        GruGradient gradient = GruGradient.of(gru, numbers(1, 2), row(0.7), numbers(0, 0.3));
        assertEntries(gradient.dh0(), 0.3);
    }

    @ParameterizedTest
    @CsvSource({"RZN, AFTER, KEEP", "ZRN, AFTER, REPLACE", "RZN, BEFORE, REPLACE", "ZRN, BEFORE, KEEP"})
    void agrees_with_differences_of_the_loss(GruGateOrder order, GruReset reset, GruUpdate update) {
        List<SimpleMatrix> x = drawn.sequence(4, 2, 3);
        SimpleMatrix h0 = drawn.matrix(2, 2);
        SimpleMatrix U = drawn.matrix(3, 6);
        SimpleMatrix W = drawn.matrix(2, 6);
        SimpleMatrix b = drawn.matrix(1, 6);
        SimpleMatrix d = drawn.matrix(1, 6);
        List<SimpleMatrix> dh = drawn.sequence(4, 2, 2);
        GruGradient gradient = GruGradient.of(Gru.of(U, W, b, d, order, reset, update), x, h0, dh);
        new Differences(() -> Differences.inner(
                        dh, Gru.of(U, W, b, d, order, reset, update).forward(x, h0)))
                .agree("x", x, gradient.dx())
                .agree("h0", h0, gradient.dh0())
                .agree("U", U, gradient.dU())
                .agree("W", W, gradient.dW())
                .agree("b", b, gradient.db())
                .agree("d", d, gradient.dd());
    }

    @Test
    void the_order_in_which_the_gates_are_packed_changes_no_bit() {
        List<SimpleMatrix> x = drawn.sequence(3, 2, 2);
        SimpleMatrix h0 = drawn.matrix(2, 3);
        List<SimpleMatrix> rzn =
                List.of(drawn.matrix(2, 9), drawn.matrix(3, 9), drawn.matrix(1, 9), drawn.matrix(1, 9));
        List<SimpleMatrix> zrn = rzn.stream().map(GruTest::exchanged).toList();
        List<List<SimpleMatrix>> states = new ArrayList<>();
        for (GruGateOrder order : GruGateOrder.values()) {
            List<SimpleMatrix> w = order == GruGateOrder.RZN ? rzn : zrn;
            Gru gru = Gru.of(w.get(0), w.get(1), w.get(2), w.get(3), order, GruReset.BEFORE, GruUpdate.KEEP);
            states.add(gru.forward(x, h0));
        }
        assertSame(states.get(0), states.get(1));
    }

    /** The packed matrix with its first two blocks exchanged. */
    private static SimpleMatrix exchanged(SimpleMatrix A) {
        int hidden = A.getNumCols() / 3;
        SimpleMatrix second = A.cols(hidden, 2 * hidden);
        return second.concatColumns(A.cols(0, hidden), A.cols(2 * hidden, 3 * hidden));
    }

    @Test
    void does_not_vanish_in_a_saturated_update_gate() {
        Gru gru = Gru.of(
                row(0, 0, 0),
                row(0, 0, 0),
                row(0, 50, 1),
                row(0, 0, 0),
                GruGateOrder.RZN,
                GruReset.AFTER,
                GruUpdate.KEEP);
        GruGradient gradient = GruGradient.of(gru, numbers(1), row(0), numbers(1));
        double expected = -StrictMath.tanh(1) * StrictMath.exp(-50); // (h_0 − n) σ'(50)
        assertEquals(expected, gradient.db().get(1), 4 * Math.ulp(expected));
        double candidate = StrictMath.exp(-50) * Activation.TANH.derivative(1); // (1 − z) tanh'(1)
        assertEquals(candidate, gradient.db().get(2), 4 * Math.ulp(candidate));
    }

    @Test
    void refusals_name_the_argument_and_both_shapes() {
        SimpleMatrix W = new SimpleMatrix(2, 6);
        SimpleMatrix b = new SimpleMatrix(1, 6);
        assertRefusal("W must be hidden×3·hidden = 1×3, is 1×6", () -> layer(W, b, b));
        assertRefusal("d must be 1×3·hidden = 1×6, is 2×6", () -> layer(W, W, W));
        Gru gru = layer(new SimpleMatrix(3, 6), W, b);
        assertRefusal("h0 must be batch×hidden = 1×2, is 1×3", () -> gru.forward(numbers(1), row(1, 2, 3)));
        assertRefusal(
                "dh_1 must be batch×hidden = 1×2, is 1×3",
                () -> GruGradient.of(gru, List.of(row(1, 2, 3)), row(1, 2), List.of(row(1, 2, 3))));
    }

    private static Gru layer(SimpleMatrix U, SimpleMatrix W, SimpleMatrix d) {
        return Gru.of(U, W, new SimpleMatrix(1, 6), d, GruGateOrder.RZN, GruReset.AFTER, GruUpdate.KEEP);
    }
}
