package org.goldgrad.reference.optimization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.optimization.Momentum.Rate;
import org.goldgrad.reference.optimization.Momentum.State;
import org.junit.jupiter.api.Test;

final class MomentumTest {
    private static final SimpleMatrix THETA = new SimpleMatrix(new double[] {1, -2});
    private static final SimpleMatrix G = new SimpleMatrix(new double[] {4, 8});

    @Test
    void two_steps_by_hand_with_the_rate_inside() {
        Momentum momentum = new Momentum(0.5, 0.25, Rate.INSIDE);
        State first = momentum.step(State.at(THETA), G);
        assertEquals(1, first.v().get(0));
        assertEquals(-4, first.theta().get(1));
        State second = momentum.step(first, G.scale(-1));
        assertEquals(0.5 - 1, second.v().get(0));
        assertEquals(-4 - (1 - 2), second.theta().get(1));
    }

    @Test
    void the_rate_outside_gives_the_same_parameters_and_a_larger_velocity() {
        State inside = State.at(THETA);
        State outside = State.at(THETA);
        for (int t = 0; t < 5; t++) {
            inside = new Momentum(0.5, 0.25, Rate.INSIDE).step(inside, G);
            outside = new Momentum(0.5, 0.25, Rate.OUTSIDE).step(outside, G);
            assertEquals(inside.theta().get(0), outside.theta().get(0));
            assertEquals(inside.v().get(0), 0.25 * outside.v().get(0));
        }
    }

    @Test
    void the_rate_outside_applies_a_new_rate_to_old_gradients() {
        State before = new State(THETA, SimpleMatrix.ones(2, 1));
        SimpleMatrix none = new SimpleMatrix(2, 1);
        assertEquals(
                0.5,
                new Momentum(0.5, 2, Rate.INSIDE).step(before, none).theta().get(0));
        assertEquals(
                0, new Momentum(0.5, 2, Rate.OUTSIDE).step(before, none).theta().get(0));
    }

    @Test
    void nothing_changes_a_state() {
        SimpleMatrix theta = THETA.copy();
        State state = State.at(theta);
        theta.zero();
        state.theta().zero();
        state.v().fill(9);
        assertEquals(1, state.theta().get(0));
        assertEquals(0, state.v().get(0));
    }

    @Test
    void a_refusal_says_both_shapes() {
        Momentum momentum = new Momentum(0.5, 0.25, Rate.INSIDE);
        Exception refusal = assertThrows(
                IllegalArgumentException.class, () -> momentum.step(State.at(THETA), new SimpleMatrix(3, 1)));
        assertEquals("g must be the shape of theta = 2×1, is 3×1", refusal.getMessage());
    }
}
