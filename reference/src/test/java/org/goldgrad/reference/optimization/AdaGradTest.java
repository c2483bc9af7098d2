package org.goldgrad.reference.optimization;

import static org.goldgrad.reference.optimization.Scalar.assertExactly;
import static org.goldgrad.reference.optimization.Scalar.assertNear;
import static org.goldgrad.reference.optimization.Scalar.run;

import org.junit.jupiter.api.Test;

/** α = 2, ε = 1/2, v_0 = 7/4, gradients ±3/2: the roots are 2 and 5/2. */
final class AdaGradTest {
    private static AdaGrad adaGrad(Epsilon placement) {
        return new AdaGrad(2, 0.5, 1.75, placement);
    }

    private static void steps(Epsilon placement, double divisor1, double divisor2) {
        State first = run(adaGrad(placement), 16, 1.5);
        assertExactly(4, first, "v");
        assertNear(16 - 3 / divisor1, first, "theta");
        State second = run(adaGrad(placement), first, -1.5);
        assertExactly(6.25, second, "v");
        assertNear(16 - 3 / divisor1 + 3 / divisor2, second, "theta");
    }

    @Test
    void two_steps_by_hand_with_epsilon_outside() {
        steps(Epsilon.OUTSIDE, 2 + 0.5, 2.5 + 0.5);
    }

    @Test
    void two_steps_by_hand_with_epsilon_inside() {
        steps(Epsilon.INSIDE, Math.sqrt(4 + 0.5), Math.sqrt(6.25 + 0.5));
    }

    /** v_t = v_0 + tg². From v_0 = 0 and without ε the steps are α/√t, whatever the gradient. */
    @Test
    void a_constant_gradient_makes_steps_that_fall_as_the_root_of_time() {
        AdaGrad adaGrad = new AdaGrad(2, 0, 0, Epsilon.OUTSIDE);
        State state = adaGrad.at(Scalar.of(0));
        double theta = 0;
        for (int t = 1; t <= 100; t++) {
            state = run(adaGrad, state, 3);
            assertExactly(9 * t, state, "v");
            theta -= 2 / Math.sqrt(t);
            assertNear(theta, state, "theta", 8 + t);
        }
    }
}
