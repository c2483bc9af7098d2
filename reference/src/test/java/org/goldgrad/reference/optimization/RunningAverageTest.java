package org.goldgrad.reference.optimization;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

final class RunningAverageTest {
    private static final SimpleMatrix THETA = new SimpleMatrix(new double[] {1});

    @Test
    void two_plain_steps_by_hand() {
        RunningAverage average = new RunningAverage(2, 0.75, false);
        State first = average.step(average.at(THETA), Scalar.of(4));
        assertEquals(1, first.get("v").get(0));
        assertEquals(1 - 2, first.theta().get(0));
        State second = average.step(first, Scalar.of(-1));
        assertEquals(0.75 - 0.25, second.get("v").get(0));
        assertEquals(-1 - 1, second.theta().get(0));
        assertEquals(2, second.t());
    }

    /** c is good to 3 ulp, v to one per step and the quotient to one. */
    @Test
    void corrected_it_follows_a_constant_gradient_at_full_speed_from_the_start() {
        RunningAverage average = new RunningAverage(1, 0.999, true);
        State state = average.at(new SimpleMatrix(1, 1));
        for (int t = 1; t <= 6; t++) {
            double before = state.theta().get(0);
            state = average.step(state, Scalar.of(3));
            double allowed = (t + 5) * Math.ulp(3.0 * t);
            assertEquals(-3, state.theta().get(0) - before, allowed);
        }
    }

    @Test
    void the_average_itself_is_never_corrected() {
        RunningAverage average = new RunningAverage(1, 0.75, true);
        State state = average.step(average.step(average.at(THETA), Scalar.of(4)), Scalar.of(-1));
        assertEquals(0.5, state.get("v").get(0));
    }
}
