package org.goldgrad.reference.optimization;

import static org.goldgrad.reference.optimization.Scalar.assertExactly;
import static org.goldgrad.reference.optimization.Scalar.assertNear;
import static org.goldgrad.reference.optimization.Scalar.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** α = 1/2, ρ = 3/4, ε = 1/2, μ = 1/4, gradients 4 and −2: v is 4 both times. */
final class RmsPropTest {
    private static RmsProp rmsProp(boolean centered, Epsilon placement, Rate rate) {
        return new RmsProp(0.5, 0.75, 0.5, 0.25, centered, placement, rate);
    }

    private static void steps(
            RmsProp rmsProp, double a1, double b1, double theta1, double a2, double b2, double theta2) {
        State first = run(rmsProp, 16, 4);
        assertExactly(4, first, "v");
        assertExactly(a1, first, "a");
        assertNear(b1, first, "b");
        assertNear(theta1, first, "theta");
        State second = run(rmsProp, first, -2);
        assertExactly(4, second, "v");
        assertExactly(a2, second, "a");
        assertNear(b2, second, "b");
        assertNear(theta2, second, "theta");
    }

    @Test
    void two_steps_by_hand_with_epsilon_and_rate_outside() {
        RmsProp rmsProp = rmsProp(false, Epsilon.OUTSIDE, Rate.OUTSIDE);
        steps(rmsProp, 0, 1.6, 16 - 0.8, 0, 0.4 - 0.8, 15.2 + 0.2);
    }

    @Test
    void two_steps_by_hand_with_epsilon_outside_and_the_rate_inside() {
        RmsProp rmsProp = rmsProp(false, Epsilon.OUTSIDE, Rate.INSIDE);
        steps(rmsProp, 0, 0.8, 16 - 0.8, 0, 0.2 - 0.4, 15.2 + 0.2);
    }

    @Test
    void two_steps_by_hand_with_epsilon_inside_and_the_rate_outside() {
        RmsProp rmsProp = rmsProp(false, Epsilon.INSIDE, Rate.OUTSIDE);
        double step = 4 / Math.sqrt(4.5);
        steps(rmsProp, 0, step, 16 - step / 2, 0, step / 4 - step / 2, 16 - step / 2 + step / 8);
    }

    @Test
    void two_steps_by_hand_with_epsilon_and_rate_inside() {
        RmsProp rmsProp = rmsProp(false, Epsilon.INSIDE, Rate.INSIDE);
        double step = 2 / Math.sqrt(4.5);
        steps(rmsProp, 0, step, 16 - step, 0, step / 4 - step / 2, 16 - step + step / 4);
    }

    @Test
    void two_centered_steps_by_hand_with_epsilon_and_rate_outside() {
        double step1 = 4 / (Math.sqrt(3) + 0.5); // s = 4 − 1²
        double b2 = step1 / 4 - 2 / (Math.sqrt(3.9375) + 0.5); // s = 4 − (1/4)²
        RmsProp rmsProp = rmsProp(true, Epsilon.OUTSIDE, Rate.OUTSIDE);
        steps(rmsProp, 1, step1, 16 - step1 / 2, 0.25, b2, 16 - step1 / 2 - b2 / 2);
    }

    @Test
    void two_centered_steps_by_hand_with_epsilon_and_rate_inside() {
        double step1 = 2 / Math.sqrt(3 + 0.5);
        double b2 = step1 / 4 - 1 / Math.sqrt(3.9375 + 0.5);
        RmsProp rmsProp = rmsProp(true, Epsilon.INSIDE, Rate.INSIDE);
        steps(rmsProp, 1, step1, 16 - step1, 0.25, b2, 16 - step1 - b2);
    }

    @Test
    void a_centered_checkpoint_needs_only_what_frameworks_keep() {
        RmsProp rmsProp = rmsProp(true, Epsilon.OUTSIDE, Rate.OUTSIDE);
        State checkpoint = rmsProp.at(Scalar.of(16))
                .with("v", Scalar.of(4))
                .with("a", Scalar.of(1))
                .after(1);
        double expected = run(
                        rmsProp,
                        run(rmsProp, 16, 4).with("theta", Scalar.of(16)).with("b", Scalar.of(0)),
                        -2)
                .theta()
                .get(0);
        assertExactly(expected, run(rmsProp, checkpoint, -2), "theta");
    }

    /** v_t = (1 − ρᵗ)g², exactly where ρ = 1/2, and the step without ε is α/√(1 − ρᵗ). */
    @Test
    void a_constant_gradient_has_a_geometric_v() {
        RmsProp rmsProp = new RmsProp(0.5, 0.5, 0, 0, false, Epsilon.OUTSIDE, Rate.OUTSIDE);
        State state = rmsProp.at(Scalar.of(0));
        for (int t = 1; t <= 40; t++) {
            state = run(rmsProp, state, 3);
            double rise = 1 - Math.scalb(1.0, -t);
            assertExactly(9 * rise, state, "v");
            assertNear(1 / Math.sqrt(rise), state, "b");
        }
    }

    /**
     * s_t = ρᵗ(1 − ρᵗ)g². Each step rounds s about five times; that a is rounded, too, leaves 7·10⁻³² v in s, however long
     * it runs. The difference of the moments has 4 digits at t = 100, where ρᵗ is 3·10⁻¹³.
     */
    @Test
    void the_variance_of_a_constant_gradient_keeps_its_digits() {
        RmsProp rmsProp = new RmsProp(1, 0.75, 0, 0, true, Epsilon.OUTSIDE, Rate.OUTSIDE);
        State state = rmsProp.at(Scalar.of(0));
        for (int t = 1; t <= 100; t++) {
            state = run(rmsProp, state, 3);
            double expected = 9 * StrictMath.pow(0.75, t) * BiasCorrection.divisor(0.75, t);
            double s = state.derived("s").orElseThrow().get(0);
            assertEquals(expected, s, 5 * (t + 1) * Math.ulp(expected), "t = " + t);
            assertNear(3 / Math.sqrt(s), state, "b");
        }
        double s = state.derived("s").orElseThrow().get(0);
        double a = state.get("a").get(0);
        assertTrue(Math.abs(state.get("v").get(0) - a * a - s) > 1e-5 * s);
    }
}
