package org.goldgrad.reference.optimization;

import static org.goldgrad.reference.optimization.Scalar.assertExactly;
import static org.goldgrad.reference.optimization.Scalar.run;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.optimization.Nesterov.Form;
import org.junit.jupiter.api.Test;

/** Down f(θ) = θ²/8, whose gradient is θ/4, from 16 with α = μ = 1/2: nothing rounds. */
final class NesterovTest {
    private static Nesterov nesterov(Form form) {
        return new Nesterov(0.5, 0.5, form);
    }

    private static State down(Nesterov nesterov, State state) {
        return nesterov.step(state, theta -> theta.scale(0.25));
    }

    @Test
    void two_steps_by_hand_as_frameworks_do() {
        Nesterov nesterov = nesterov(Form.OUTSIDE);
        State first = down(nesterov, nesterov.at(Scalar.of(16))); // q = 4
        assertExactly(4, first, "v");
        assertExactly(16 - 0.5 * (4 + 2), first, "theta");
        State second = down(nesterov, first); // q = 13/4
        assertExactly(2 + 3.25, second, "v");
        assertExactly(13 - 0.5 * (3.25 + 2.625), second, "theta");
        assertEquals(2, second.t());
    }

    @Test
    void two_steps_by_hand_with_the_rate_inside() {
        Nesterov nesterov = nesterov(Form.INSIDE);
        State first = down(nesterov, nesterov.at(Scalar.of(16)));
        assertExactly(2, first, "v");
        assertExactly(16 - (2 + 1), first, "theta");
        State second = down(nesterov, first);
        assertExactly(1 + 1.625, second, "v");
        assertExactly(13 - (1.625 + 1.3125), second, "theta");
    }

    @Test
    void two_steps_by_hand_looking_ahead() {
        Nesterov nesterov = nesterov(Form.LOOK_AHEAD);
        State first = down(nesterov, nesterov.at(Scalar.of(16)));
        assertExactly(2, first, "v");
        assertExactly(16 - 2, first, "theta");
        State second = down(nesterov, first); // q = (14 − 1)/4
        assertExactly(1 + 1.625, second, "v");
        assertExactly(14 - 2.625, second, "theta");
    }

    @Test
    void frameworks_keep_the_point_at_which_the_paper_looks() {
        State ahead = nesterov(Form.LOOK_AHEAD).at(Scalar.of(16));
        State inside = nesterov(Form.INSIDE).at(Scalar.of(16));
        State frameworks = nesterov(Form.OUTSIDE).at(Scalar.of(16));
        for (int t = 1; t <= 10; t++) {
            ahead = down(nesterov(Form.LOOK_AHEAD), ahead);
            inside = down(nesterov(Form.INSIDE), inside);
            frameworks = down(nesterov(Form.OUTSIDE), frameworks);
            double point = ahead.theta().get(0) - 0.5 * ahead.get("v").get(0);
            assertExactly(point, inside, "theta");
            assertExactly(point, frameworks, "theta");
        }
    }

    /** v_t = g(1 − μᵗ)/(1 − μ) with the rate outside, θ_t − θ_{t−1} = −α(g + μv_t). */
    @Test
    void a_constant_gradient_has_a_geometric_velocity() {
        Nesterov nesterov = nesterov(Form.OUTSIDE);
        State state = nesterov.at(Scalar.of(0));
        for (int t = 1; t <= 40; t++) {
            state = run(nesterov, state, 4);
            double power = Math.scalb(1.0, -t);
            assertExactly(8 * (1 - power), state, "v");
            assertExactly(-(4 * t - 2 * (1 - power)), state, "theta"); // −½ Σ (4 + 4(1 − 2⁻ⁱ))
        }
    }

    @Test
    void the_gradient_is_asked_for_once_and_cannot_reach_the_state() {
        for (Form form : Form.values()) {
            Nesterov nesterov = nesterov(form);
            State state = nesterov.at(Scalar.of(16)).with("v", Scalar.of(2));
            List<Double> points = new ArrayList<>();
            State next = nesterov.step(state, point -> {
                points.add(point.get(0));
                point.zero();
                return new SimpleMatrix(1, 1);
            });
            assertEquals(List.of(form == Form.LOOK_AHEAD ? 15.0 : 16.0), points);
            assertExactly(1, next, "v");
        }
    }
}
