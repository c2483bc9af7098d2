package org.goldgrad.reference.optimization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.optimization.GradientNormPenalty.State;
import org.junit.jupiter.api.Test;

final class GradientNormPenaltyTest {
    private static final SimpleMatrix ONE = SimpleMatrix.ones(1, 1);

    @Test
    void one_parameter_by_hand() {
        // g = (1 - 2) + 2 = 1, so the second gradient is taken at 3/2: (3/2 - 2) + 2(27/8) = 25/4
        State state = new GradientNormPenalty(2, 0.5, 0.5, 0.5).step(ONE, ONE, ONE.scale(2));
        assertEquals(3.625, state.q().get(0));
        assertEquals(1 - 1.8125, state.theta().get(0));
    }

    @Test
    void the_way_uphill_has_length_r() {
        SimpleMatrix theta = new SimpleMatrix(new double[] {3, -4});
        State state =
                new GradientNormPenalty(0, 1, 5, 0.25).step(theta, SimpleMatrix.identity(2), new SimpleMatrix(2, 1));
        assertEquals(3 * 0.75 + 6 * 0.25, state.q().get(0), 0x1p-51);
        assertEquals(-4 * 0.75 - 8 * 0.25, state.q().get(1), 0x1p-50);
    }

    @Test
    void refuses_a_gradient_without_direction_and_other_shapes() {
        GradientNormPenalty rule = new GradientNormPenalty(1, 1, 1, 1);
        SimpleMatrix zero = new SimpleMatrix(1, 1);
        assertThrows(IllegalArgumentException.class, () -> rule.step(zero, ONE, zero));
        Exception refusal =
                assertThrows(IllegalArgumentException.class, () -> rule.step(new SimpleMatrix(2, 1), ONE, zero));
        assertEquals("theta must be parameters×1 = 1×1, is 2×1", refusal.getMessage());
    }
}
