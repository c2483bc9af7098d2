package org.goldgrad.reference.optimization;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

final class MomentumTest {
    private static final SimpleMatrix THETA = new SimpleMatrix(new double[] {1, -2});
    private static final SimpleMatrix G = new SimpleMatrix(new double[] {4, 8});

    @Test
    void two_steps_by_hand_with_the_rate_inside() {
        Momentum momentum = new Momentum(0.5, 0.25, Rate.INSIDE);
        State first = momentum.step(momentum.at(THETA), G);
        assertEquals(1, first.get("v").get(0));
        assertEquals(-4, first.theta().get(1));
        State second = momentum.step(first, G.scale(-1));
        assertEquals(0.5 - 1, second.get("v").get(0));
        assertEquals(-4 - (1 - 2), second.theta().get(1));
    }

    @Test
    void the_rate_outside_gives_the_same_parameters_and_a_larger_velocity() {
        Momentum insideRule = new Momentum(0.5, 0.25, Rate.INSIDE);
        Momentum outsideRule = new Momentum(0.5, 0.25, Rate.OUTSIDE);
        State inside = insideRule.at(THETA);
        State outside = outsideRule.at(THETA);
        for (int t = 0; t < 5; t++) {
            inside = insideRule.step(inside, G);
            outside = outsideRule.step(outside, G);
            assertEquals(inside.theta().get(0), outside.theta().get(0));
            assertEquals(inside.get("v").get(0), 0.25 * outside.get("v").get(0));
        }
    }

    @Test
    void the_rate_outside_applies_a_new_rate_to_old_gradients() {
        SimpleMatrix none = new SimpleMatrix(2, 1);
        for (Rate rate : Rate.values()) {
            Momentum momentum = new Momentum(0.5, 2, rate);
            State before = momentum.at(THETA).with("v", SimpleMatrix.ones(2, 1));
            double expected = rate == Rate.INSIDE ? 0.5 : 0;
            assertEquals(expected, momentum.step(before, none).theta().get(0));
        }
    }
}
