package org.goldgrad.reference.optimization;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.optimization.Adam.Decay;
import org.goldgrad.reference.optimization.Adam.Placement;
import org.goldgrad.reference.optimization.Adam.State;
import org.junit.jupiter.api.Test;

/** Every example has short exact moments; a step rounds about eight times, so it may be off by eight ulp. */
final class AdamTest {
    private static final State START = State.at(new SimpleMatrix(new double[] {16}));

    private static Adam adam(Placement placement) {
        return new Adam(2, 0.5, 0.75, 0.5, 0, placement, Decay.COUPLED);
    }

    private static SimpleMatrix gradient(double g) {
        return new SimpleMatrix(new double[] {g});
    }

    private static void assertTheta(double expected, State state) {
        assertEquals(expected, state.theta().get(0), 8 * Math.ulp(expected));
    }

    @Test
    void two_steps_by_hand_with_epsilon_after_the_correction() {
        State first = adam(Placement.AFTER_CORRECTION).step(START, gradient(2));
        assertEquals(1, first.m().get(0));
        assertEquals(1, first.v().get(0));
        assertTheta(16 - 2 * 2 / (2 + 0.5), first); // m̂ = 2, v̂ = 4
        State second = adam(Placement.AFTER_CORRECTION).step(first, gradient(-2));
        assertEquals(-0.5, second.m().get(0));
        assertEquals(1.75, second.v().get(0));
        assertEquals(2, second.t());
        assertTheta(16 - 1.6 + 2 * (0.5 / 0.75) / (2 + 0.5), second); // c₁ = 3/4, c₂ = 7/16, v̂ = 4
    }

    @Test
    void two_steps_by_hand_with_epsilon_hat() {
        State first = adam(Placement.EPSILON_HAT).step(START, gradient(2));
        assertTheta(16 - 2 * (0.5 / 0.5) / (1 + 0.5), first);
        State second = adam(Placement.EPSILON_HAT).step(first, gradient(-2));
        double step = 2 * Math.sqrt(7) / 4 / 0.75 * -0.5 / (Math.sqrt(1.75) + 0.5);
        assertTheta(16 - 4.0 / 3 - step, second);
    }

    @Test
    void coupled_decay_reaches_the_moments() {
        Adam adam = new Adam(2, 0.5, 0.75, 0.5, 0.25, Placement.AFTER_CORRECTION, Decay.COUPLED);
        State state = adam.step(START, gradient(2)); // g = 2 + 0.25·16 = 6
        assertEquals(3, state.m().get(0));
        assertEquals(9, state.v().get(0));
        assertTheta(16 - 2 * 6 / 6.5, state);
    }

    @Test
    void decoupled_decay_does_not_and_shrinks_the_parameters_from_before_the_step() {
        Adam adam = new Adam(2, 0.5, 0.75, 0.5, 0.25, Placement.AFTER_CORRECTION, Decay.DECOUPLED);
        State state = adam.step(START, gradient(2));
        assertEquals(1, state.m().get(0));
        assertEquals(1, state.v().get(0));
        assertTheta(16 - 1.6 - 2 * 0.25 * 16, state);
    }

    @Test
    void the_first_step_forgets_the_betas() {
        for (double beta1 : new double[] {0, 0.1, 0.9, 0.99}) {
            for (double beta2 : new double[] {0, 0.5, 0.999, 0.999999}) {
                Adam adam = new Adam(0.125, beta1, beta2, 0.25, 0, Placement.AFTER_CORRECTION, Decay.COUPLED);
                assertTheta(16 + 0.125 * 3 / 3.25, adam.step(START, gradient(-3)));
            }
        }
    }

    @Test
    void parameters_do_not_see_each_other() {
        SimpleMatrix theta = new SimpleMatrix(new double[] {16, -1});
        State both = adam(Placement.AFTER_CORRECTION).step(State.at(theta), new SimpleMatrix(new double[] {2, 1e9}));
        State alone = adam(Placement.AFTER_CORRECTION).step(START, gradient(2));
        assertEquals(alone.theta().get(0), both.theta().get(0));
    }
}
