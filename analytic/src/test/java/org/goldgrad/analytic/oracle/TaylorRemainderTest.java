package org.goldgrad.analytic.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.recurrent.Lstm;
import org.junit.jupiter.api.Test;

/** The remainder of a right gradient shrinks with h², that of a wrong one with h where the mistake outweighs h times the bend. */
class TaylorRemainderTest {
    private final Inputs square = Inputs.empty().with("x", 1.5).with("dz", 1.0);

    private static <R extends Real<R>> Answer<R> squared(Question<R> q) {
        return Answer.of("z", q.tensor("x").map(R::square));
    }

    private static <R extends Real<R>> Answer<R> tripled(Question<R> q) {
        return Answer.of("z", q.tensor("x").map(x -> x.times(3)));
    }

    /** r = h² exactly. */
    @Test
    void a_right_gradient_has_order_two() {
        assertEquals(2, order(3));
    }

    /** r = he + h² with e the mistake, so the order is log₂((e + h)/(e/2 + h/4)): near 1 for h ≪ e, near 2 for e ≪ h. */
    @Test
    void a_wrong_gradient_has_order_one_where_its_mistake_outweighs_the_step() {
        for (double mistake : new double[] {0.5, -0.5, 0x1p-6, -0x1p-6}) {
            // h is at most 2⁻¹⁶, and log₂((e + h)/(e/2 + h/4)) − 1 < h/(2e ln 2).
            assertEquals(1, order(3 + mistake), 0x1p-16 / Math.abs(mistake), () -> "wrong by " + mistake);
        }
        assertTrue(order(3 - 0x1p-40) > 1.99, "far below the step, a mistake drowns in the bend");
    }

    private double order(double gradient) {
        return TaylorRemainder.order(TaylorRemainderTest::squared, square, gradient(gradient));
    }

    private static Outputs gradient(double dx) {
        return Outputs.of("dx", Array.scalar(dx));
    }

    /** Nothing bends, so every mistake shows, as small as it is, and no mistake leaves no remainder at all. */
    @Test
    void along_a_straight_line_a_mistake_of_a_billionth_has_order_one() {
        assertEquals(1, TaylorRemainder.order(TaylorRemainderTest::tripled, square, gradient(3 + 1e-9)), 0x1p-20);
        assertEquals(
                Double.POSITIVE_INFINITY, TaylorRemainder.order(TaylorRemainderTest::tripled, square, gradient(3)));
    }

    /** The third derivative adds h·|L‴|/|L″| to the ratio: below 1/1000 for these layers. */
    @Test
    void the_gradient_of_an_lstm_has_order_two_and_with_one_wrong_entry_it_has_not() {
        Lstms lstms = new Lstms(20260717);
        for (int i = 0; i < 5; i++) {
            Inputs in = lstms.draw(4, 2, 3);
            Outputs truth = Certifier.certify(new Gradient(Lstm.LAYER, List.of("x", "U", "W", "b")), in)
                    .outputs();
            assertEquals(2, TaylorRemainder.order(Lstm.LAYER, in, truth), 1e-3);
            Array dW = truth.array("dW");
            Outputs wrong = truth.and("dW", dW.with(5, dW.at(5) + 1));
            assertEquals(1, TaylorRemainder.order(Lstm.LAYER, in, wrong), 1e-2, "h times curvatures of some tens");
        }
    }

    /** Inputs without a gradient stay where they are. */
    @Test
    void only_inputs_with_a_gradient_are_moved() {
        assertEquals(2, TaylorRemainder.order(TaylorRemainderTest::squared, square.with("y", 7.0), gradient(3)));
    }
}
