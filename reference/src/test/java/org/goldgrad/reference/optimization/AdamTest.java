package org.goldgrad.reference.optimization;

import static org.goldgrad.reference.optimization.Scalar.assertExactly;
import static org.goldgrad.reference.optimization.Scalar.assertNear;
import static org.goldgrad.reference.optimization.Scalar.run;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.optimization.Adam.Placement;
import org.junit.jupiter.api.Test;

/** Every example has short exact moments. */
final class AdamTest {
    private static Adam adam(Placement placement) {
        return new Adam(2, 0.5, 0.75, 0.5, 0, placement, Decay.COUPLED);
    }

    private static Adam adam(Decay decay) {
        return new Adam(2, 0.5, 0.75, 0.5, 0.25, Placement.OUTSIDE, decay);
    }

    @Test
    void two_steps_by_hand_with_epsilon_after_the_correction() {
        State first = run(adam(Placement.OUTSIDE), 16, 2);
        assertExactly(1, first, "m");
        assertExactly(1, first, "v");
        assertNear(16 - 2 * 2 / (2 + 0.5), first, "theta"); // m̂ = 2, v̂ = 4
        State second = run(adam(Placement.OUTSIDE), first, -2);
        assertExactly(-0.5, second, "m");
        assertExactly(1.75, second, "v");
        assertEquals(2, second.t());
        assertNear(16 - 1.6 + 2 * (0.5 / 0.75) / (2 + 0.5), second, "theta"); // c₁ = 3/4, c₂ = 7/16, v̂ = 4
    }

    @Test
    void two_steps_by_hand_with_epsilon_hat() {
        State first = run(adam(Placement.HAT), 16, 2);
        assertNear(16 - 2 * (0.5 / 0.5) / (1 + 0.5), first, "theta");
        State second = run(adam(Placement.HAT), first, -2);
        double step = 2 * Math.sqrt(7) / 4 / 0.75 * -0.5 / (Math.sqrt(1.75) + 0.5);
        assertNear(16 - 4.0 / 3 - step, second, "theta");
    }

    @Test
    void two_steps_by_hand_with_epsilon_inside_the_root() {
        State first = run(adam(Placement.INSIDE), 16, 2);
        assertNear(16 - 2 * 2 / Math.sqrt(4.5), first, "theta");
        State second = run(adam(Placement.INSIDE), first, -2);
        assertNear(16 - 4 / Math.sqrt(4.5) + 2 * (0.5 / 0.75) / Math.sqrt(4.5), second, "theta");
    }

    @Test
    void two_steps_by_hand_without_correction() {
        State first = run(adam(Placement.UNCORRECTED), 16, 2);
        assertNear(16 - 2 * 1 / (1 + 0.5), first, "theta");
        State second = run(adam(Placement.UNCORRECTED), first, -2);
        assertNear(16 - 4.0 / 3 + 2 * 0.5 / (Math.sqrt(1.75) + 0.5), second, "theta");
    }

    @Test
    void coupled_decay_reaches_the_moments() {
        State state = run(adam(Decay.COUPLED), 16, 2); // g = 2 + 0.25·16 = 6
        assertExactly(3, state, "m");
        assertExactly(9, state, "v");
        assertNear(16 - 2 * 6 / 6.5, state, "theta");
    }

    @Test
    void decay_beside_the_step_does_not_and_shrinks_the_parameters_from_before_the_step() {
        State decoupled = run(adam(Decay.DECOUPLED), 16, 2);
        assertExactly(1, decoupled, "m");
        assertExactly(1, decoupled, "v");
        assertNear(16 - 1.6 - 2 * 0.25 * 16, decoupled, "theta");
        State unscaled = run(adam(Decay.UNSCALED), 16, 2);
        assertExactly(1, unscaled, "m");
        assertExactly(1, unscaled, "v");
        assertNear(16 - 1.6 - 0.25 * 16, unscaled, "theta");
    }

    @Test
    void decay_beside_the_step_shrinks_what_the_first_step_left() {
        double first = 16 - 1.6 - 4;
        double second = first + 2 * (0.5 / 0.75) / (2 + 0.5) - 0.25 * first;
        assertNear(second, run(adam(Decay.UNSCALED), 16, 2, -2), "theta");
    }

    @Test
    void the_first_step_forgets_the_betas() {
        for (double beta1 : new double[] {0, 0.1, 0.9, 0.99}) {
            for (double beta2 : new double[] {0, 0.5, 0.999, 0.999999}) {
                Adam adam = new Adam(0.125, beta1, beta2, 0.25, 0, Placement.OUTSIDE, Decay.COUPLED);
                assertNear(16 + 0.125 * 3 / 3.25, run(adam, 16, -3), "theta");
            }
        }
    }

    /** β₁ᵗ and β₂ᵗ do not reach the last digit of 1, and are 0 in doubles beyond t = 1074 and t = 2590. */
    @Test
    void a_checkpoint_after_thousands_of_steps_needs_no_correction() {
        for (int t : new int[] {200, 2000, 5000, 1_000_000}) {
            Adam adam = adam(Placement.OUTSIDE);
            State checkpoint = adam.at(Scalar.of(16))
                    .with("m", Scalar.of(3))
                    .with("v", Scalar.of(4))
                    .after(t);
            State next = run(adam, checkpoint, -2);
            assertEquals(t + 1, next.t());
            assertExactly(0.5, next, "m");
            assertExactly(4, next, "v");
            assertNear(16 - 2 * 0.5 / 2.5, next, "theta");
        }
    }

    @Test
    void parameters_do_not_see_each_other() {
        Adam adam = adam(Placement.OUTSIDE);
        SimpleMatrix theta = new SimpleMatrix(new double[] {16, -1});
        State both = adam.step(adam.at(theta), new SimpleMatrix(new double[] {2, 1e9}));
        assertEquals(run(adam, 16, 2).theta().get(0), both.theta().get(0));
    }
}
