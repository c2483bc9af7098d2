package org.goldgrad.reference.optimization;

import static org.goldgrad.reference.optimization.Scalar.assertExactly;
import static org.goldgrad.reference.optimization.Scalar.assertNear;
import static org.goldgrad.reference.optimization.Scalar.run;

import org.goldgrad.reference.optimization.AmsGrad.Maximum;
import org.junit.jupiter.api.Test;

/** β₁ = 1/2, β₂ = 3/4, gradients 2 and 0: v falls from 1 to 3/4, and w does not. */
final class AmsGradTest {
    private static AmsGrad amsGrad(Maximum maximum) {
        return new AmsGrad(2, 0.5, 0.75, 0.5, maximum);
    }

    private static State first(Maximum maximum, double w, double theta) {
        State state = run(amsGrad(maximum), 16, 2);
        assertExactly(1, state, "m");
        assertExactly(1, state, "v");
        assertNear(w, state, "w"); // c₂ = 1/4 within 3 ulp
        assertNear(theta, state, "theta");
        return state;
    }

    private static void second(Maximum maximum, State first, double w, double theta) {
        State state = run(amsGrad(maximum), first, 0);
        assertExactly(0.5, state, "m");
        assertExactly(0.75, state, "v");
        assertNear(w, state, "w");
        assertNear(theta, state, "theta"); // c₁ = 3/4, c₂ = 7/16
    }

    @Test
    void two_steps_by_hand_with_the_raw_maximum() {
        State first = first(Maximum.RAW, 1, 16 - 2 * 2 / (2 + 0.5));
        second(Maximum.RAW, first, 1, 14.4 - 2 * (0.5 / 0.75) / (4 / Math.sqrt(7) + 0.5));
    }

    @Test
    void two_steps_by_hand_with_epsilon_hat() {
        State first = first(Maximum.HAT, 1, 16 - 2 * 1 / (1 + 0.5));
        second(Maximum.HAT, first, 1, 16 - 4.0 / 3 - 2 * (Math.sqrt(7) / 4 / 0.75) * 0.5 / (1 + 0.5));
    }

    @Test
    void two_steps_by_hand_with_the_corrected_maximum() {
        State first = first(Maximum.CORRECTED, 4, 16 - 2 * 2 / (2 + 0.5));
        second(Maximum.CORRECTED, first, 4, 14.4 - 2 * (0.5 / 0.75) / (2 + 0.5)); // v/c₂ = 12/7
    }

    @Test
    void two_steps_by_hand_without_correction() {
        State first = first(Maximum.UNCORRECTED, 1, 16 - 2 * 1 / (1 + 0.5));
        second(Maximum.UNCORRECTED, first, 1, 16 - 4.0 / 3 - 2 * 0.5 / (1 + 0.5));
    }

    /** v rises to g², and v/c₂ is g²: each step is αg/(|g| + ε). Every addition to θ rounds once more. */
    @Test
    void under_a_constant_gradient_it_is_adam() {
        for (Maximum maximum : new Maximum[] {Maximum.RAW, Maximum.CORRECTED}) {
            AmsGrad amsGrad = amsGrad(maximum);
            State state = amsGrad.at(Scalar.of(0));
            for (int t = 1; t <= 100; t++) {
                state = run(amsGrad, state, -3);
                assertNear(t * 2 * 3 / 3.5, state, "theta", 8 + t);
            }
        }
    }
}
