package org.goldgrad.reference.optimization;

import static org.goldgrad.reference.optimization.Scalar.assertExactly;
import static org.goldgrad.reference.optimization.Scalar.assertNear;
import static org.goldgrad.reference.optimization.Scalar.run;

import org.junit.jupiter.api.Test;

/** α = 2, ρ = 3/4, ε = 1/2, gradients 2 and −1: v is 1 both times. */
final class AdaDeltaTest {
    private static final AdaDelta ADA_DELTA = new AdaDelta(2, 0.75, 0.5);

    @Test
    void two_steps_by_hand() {
        State first = run(ADA_DELTA, 16, 2); // d = 2√½/√(3/2) = 2/√3
        assertExactly(1, first, "v");
        assertNear(1.0 / 3, first, "u");
        assertNear(16 - 4 / Math.sqrt(3), first, "theta");
        State second = run(ADA_DELTA, first, -1); // d = −√(1/3 + 1/2)/√(3/2) = −√5/3
        assertExactly(1, second, "v");
        assertNear(7.0 / 18, second, "u"); // 1/4 + 5/36
        assertNear(16 - 4 / Math.sqrt(3) + 2 * Math.sqrt(5) / 3, second, "theta");
    }

    /** v_t = (1 − ρᵗ)g², here with ρ = 1/2 without rounding; the first step is √ε/√((1 − ρ)g² + ε) · g. */
    @Test
    void a_constant_gradient_has_a_geometric_v() {
        AdaDelta adaDelta = new AdaDelta(2, 0.5, 0.25);
        State state = run(adaDelta, 0, 3);
        assertNear(-2 * 0.5 / Math.sqrt(4.75) * 3, state, "theta");
        for (int t = 2; t <= 40; t++) {
            state = run(adaDelta, state, 3);
            assertExactly(9 * (1 - Math.scalb(1.0, -t)), state, "v");
        }
    }
}
