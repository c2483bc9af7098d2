package org.goldgrad.reference.optimization;

import static org.goldgrad.reference.optimization.Scalar.assertExactly;
import static org.goldgrad.reference.optimization.Scalar.run;

import org.goldgrad.reference.optimization.Sgd.First;
import org.junit.jupiter.api.Test;

/** α = μ = 1/2, d = 3/4, λ = 1/4: nothing rounds. */
final class SgdTest {
    private static Sgd sgd(First first) {
        return new Sgd(0.5, 0.5, 0.75, 0, first, Decay.COUPLED);
    }

    private static Sgd sgd(Decay decay) {
        return new Sgd(0.5, 0.5, 0.75, 0.25, First.DAMPED, decay);
    }

    @Test
    void two_steps_by_hand_with_an_undamped_first() {
        State first = run(sgd(First.UNDAMPED), 16, 2);
        assertExactly(2, first, "v");
        assertExactly(16 - 1, first, "theta");
        State second = run(sgd(First.UNDAMPED), first, -2);
        assertExactly(1 - 0.5, second, "v");
        assertExactly(15 - 0.25, second, "theta");
    }

    @Test
    void two_steps_by_hand_with_a_damped_first() {
        State first = run(sgd(First.DAMPED), 16, 2);
        assertExactly(0.5, first, "v");
        assertExactly(16 - 0.25, first, "theta");
        State second = run(sgd(First.DAMPED), first, -2);
        assertExactly(0.25 - 0.5, second, "v");
        assertExactly(15.75 + 0.125, second, "theta");
    }

    @Test
    void a_checkpoint_has_its_first_step_behind_it() {
        Sgd sgd = sgd(First.UNDAMPED);
        for (double v : new double[] {4, 0}) {
            State checkpoint = sgd.at(Scalar.of(16)).with("v", Scalar.of(v)).after(3);
            assertExactly(v / 2 + 0.5, run(sgd, checkpoint, 2), "v");
        }
    }

    @Test
    void two_steps_by_hand_with_coupled_decay() {
        State first = run(sgd(Decay.COUPLED), 16, 2); // g = 2 + 4
        assertExactly(1.5, first, "v");
        assertExactly(16 - 0.75, first, "theta");
        State second = run(sgd(Decay.COUPLED), first, -2); // g = -2 + 15.25/4 = 1.8125
        assertExactly(0.75 + 0.453125, second, "v");
        assertExactly(15.25 - 0.6015625, second, "theta");
    }

    @Test
    void two_steps_by_hand_with_decoupled_decay() {
        State first = run(sgd(Decay.DECOUPLED), 16, 2);
        assertExactly(0.5, first, "v");
        assertExactly(16 - 0.25 - 2, first, "theta");
        State second = run(sgd(Decay.DECOUPLED), first, -2);
        assertExactly(-0.25, second, "v");
        assertExactly(13.75 + 0.125 - 13.75 / 8, second, "theta");
    }

    @Test
    void two_steps_by_hand_with_unscaled_decay() {
        State first = run(sgd(Decay.UNSCALED), 16, 2);
        assertExactly(16 - 0.25 - 4, first, "theta");
        assertExactly(11.75 + 0.125 - 11.75 / 4, run(sgd(Decay.UNSCALED), first, -2), "theta");
    }

    /** v_t = (1 − d)g(1 − μᵗ)/(1 − μ), and dμᵗ⁻¹g more if the first step is not damped. */
    @Test
    void a_constant_gradient_has_a_geometric_velocity() {
        State damped = sgd(First.DAMPED).at(Scalar.of(0));
        State undamped = sgd(First.UNDAMPED).at(Scalar.of(0));
        for (int t = 1; t <= 40; t++) {
            damped = run(sgd(First.DAMPED), damped, 4);
            undamped = run(sgd(First.UNDAMPED), undamped, 4);
            double power = Math.scalb(1.0, -t);
            assertExactly(2 * (1 - power), damped, "v");
            assertExactly(2 * (1 - power) + 6 * power, undamped, "v");
            assertExactly(-(t - 1 + power), damped, "theta"); // α Σ 2(1 − 2⁻ⁱ)
        }
    }
}
