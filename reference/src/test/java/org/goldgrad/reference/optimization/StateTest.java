package org.goldgrad.reference.optimization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class StateTest {
    private static final Momentum MOMENTUM = new Momentum(0.5, 0.25, Rate.INSIDE);

    private final SimpleMatrix theta = new SimpleMatrix(new double[] {1, -2});
    private final State state = MOMENTUM.at(theta);

    private static void assertRefusal(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void nothing_changes_a_state() {
        SimpleMatrix v = SimpleMatrix.ones(2, 1);
        State other = state.with("v", v).derive("s", v).after(3);
        theta.zero();
        v.zero();
        state.theta().zero();
        state.get("v").fill(9);
        other.derived("s").orElseThrow().fill(9);
        MOMENTUM.step(state, SimpleMatrix.ones(2, 1));
        assertEquals(1, state.theta().get(0));
        assertEquals(0, state.get("v").get(0));
        assertEquals(0, state.t());
        assertEquals(1, other.get("v").get(0));
        assertEquals(1, other.derived("s").orElseThrow().get(0));
    }

    @Test
    void a_letter_put_in_makes_the_derived_ones_forgotten() {
        State other = state.derive("s", theta);
        assertTrue(other.after(3).derived("s").isPresent());
        assertTrue(other.with("v", theta).derived("s").isEmpty());
    }

    @Test
    void a_refusal_says_what_is_there_and_both_shapes() {
        SimpleMatrix three = new SimpleMatrix(3, 1);
        assertRefusal("g must be the shape of theta = 2×1, is 3×1", () -> MOMENTUM.step(state, three));
        assertRefusal("v must be the shape it has = 2×1, is 3×1", () -> state.with("v", three));
        assertRefusal("there is no m among [theta, v]", () -> state.with("m", theta));
        assertRefusal("there is no m among [theta, v]", () -> state.get("m"));
        assertRefusal("t must be at least 0, is -1", () -> state.after(-1));
    }
}
