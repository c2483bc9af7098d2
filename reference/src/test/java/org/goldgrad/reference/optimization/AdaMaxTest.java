package org.goldgrad.reference.optimization;

import static org.goldgrad.reference.optimization.Scalar.assertExactly;
import static org.goldgrad.reference.optimization.Scalar.assertNear;
import static org.goldgrad.reference.optimization.Scalar.run;

import org.goldgrad.reference.optimization.AdaMax.Placement;
import org.junit.jupiter.api.Test;

/** β₁ = 1/2, β₂ = 3/4, gradients 2 and −1/2: the maximum is the gradient, and then what is left of it. */
final class AdaMaxTest {
    private static AdaMax adaMax(Placement placement) {
        return new AdaMax(2, 0.5, 0.75, 0.5, placement);
    }

    private static void steps(Placement placement, double u1, double theta1, double u2, double theta2) {
        State first = run(adaMax(placement), 16, 2);
        assertExactly(1, first, "m");
        assertExactly(u1, first, "u");
        assertNear(theta1, first, "theta");
        State second = run(adaMax(placement), first, -0.5);
        assertExactly(0.25, second, "m");
        assertExactly(u2, second, "u");
        assertNear(theta2, second, "theta"); // c₁ = 3/4
    }

    @Test
    void two_steps_by_hand_with_epsilon_within_the_maximum() {
        double first = 16 - 2 * 2 / 2.5;
        steps(Placement.WITHIN, 2.5, first, 1.875, first - 2 * (0.25 / 0.75) / 1.875);
    }

    @Test
    void two_steps_by_hand_with_epsilon_beside_it() {
        double first = 16 - 2 * 2 / 2.5;
        steps(Placement.BESIDE, 2, first, 1.5, first - 2 * (0.25 / 0.75) / 2);
    }

    @Test
    void two_steps_by_hand_without_correction() {
        steps(Placement.UNCORRECTED, 2, 16 - 2 * 1 / 2.5, 1.5, 15.2 - 2 * 0.25 / 2);
    }

    @Test
    void two_steps_by_hand_without_epsilon() {
        steps(Placement.NONE, 2, 16 - 2 * 2 / 2, 1.5, 14 - 2 * (0.25 / 0.75) / 1.5);
    }

    @Test
    void epsilon_within_the_maximum_can_decide_it() {
        State first = run(adaMax(Placement.WITHIN), 16, 2);
        assertExactly(2, run(adaMax(Placement.WITHIN), first, -1.5), "u"); // 3/4 · 2.5 < 1.5 + 0.5
    }

    /** u = |g| and m/c₁ = g; every addition to θ rounds once more. */
    @Test
    void a_constant_gradient_makes_equal_steps() {
        for (Placement placement : Placement.values()) {
            double divisor = placement == Placement.NONE ? 3 : 3.5;
            State state = adaMax(placement).at(Scalar.of(0));
            for (int t = 1; t <= 100; t++) {
                state = run(adaMax(placement), state, -3);
                // Uncorrected, the steps fall short by the factors 1 − 2⁻ⁱ, whose sum is t − 1 + 2⁻ᵗ.
                double steps = placement == Placement.UNCORRECTED ? t - 1 + Math.scalb(1.0, -t) : t;
                assertNear(steps * 2 * 3 / divisor, state, "theta", 8 + t);
            }
        }
    }
}
