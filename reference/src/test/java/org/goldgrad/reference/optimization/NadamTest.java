package org.goldgrad.reference.optimization;

import static org.goldgrad.reference.optimization.Scalar.assertExactly;
import static org.goldgrad.reference.optimization.Scalar.assertNear;
import static org.goldgrad.reference.optimization.Scalar.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import org.goldgrad.reference.optimization.Nadam.Schedule;
import org.junit.jupiter.api.Test;

/** β₁ = 1/2, β₂ = 3/4, gradients ±2: v̂ is 4 both times, and with ψ = 0 the schedule stays at μ = 1/4. */
final class NadamTest {
    private static Nadam nadam(double psi, Schedule schedule) {
        return new Nadam(2, 0.5, 0.75, 0.5, psi, schedule);
    }

    private static void steps(Schedule schedule, double mBar1, double P1, double mBar2, double P2) {
        State first = run(nadam(0, schedule), 16, 2);
        assertExactly(1, first, "m");
        assertExactly(1, first, "v");
        assertExactly(P1, first, "P");
        assertNear(16 - 2 * mBar1 / 2.5, first, "theta");
        State second = run(nadam(0, schedule), first, -2);
        assertExactly(-0.5, second, "m");
        assertExactly(1.75, second, "v");
        assertExactly(P2, second, "P");
        assertNear(16 - 2 * mBar1 / 2.5 - 2 * mBar2 / 2.5, second, "theta");
    }

    @Test
    void two_steps_by_hand_with_the_decaying_schedule() {
        double first = 0.25 * 1 / (15.0 / 16) + 0.75 * 2 / 0.75;
        double second = 0.25 * -0.5 / (63.0 / 64) + 0.75 * -2 / (15.0 / 16);
        steps(Schedule.DECAYING, first, 0.25, second, 0.0625);
    }

    @Test
    void two_steps_by_hand_with_a_constant_momentum() {
        steps(Schedule.CONSTANT, 0.5 * 1 / 0.75 + 0.5 * 2 / 0.5, 1, 0.5 * -0.5 / 0.875 + 0.5 * -2 / 0.75, 1);
    }

    @Test
    void two_steps_by_hand_corrected_for_the_same_step() {
        steps(Schedule.SAME, (0.5 * 1 + 0.5 * 2) / 0.5, 1, (0.5 * -0.5 + 0.5 * -2) / 0.75, 1);
    }

    @Test
    void the_schedule_rises_with_psi() {
        double mu1 = 0.5 * (1 - 0.5 * StrictMath.pow(0.96, 25));
        double mu2 = 0.5 * (1 - 0.5 * StrictMath.pow(0.96, 50));
        double mu3 = 0.5 * (1 - 0.5 * StrictMath.pow(0.96, 75));
        State first = run(nadam(25, Schedule.DECAYING), 16, 2);
        assertNear(mu1, first, "P");
        double theta = 16 - 2 * (mu2 * 1 / (1 - mu1 * mu2) + 2) / 2.5;
        assertNear(theta, first, "theta");
        State second = run(nadam(25, Schedule.DECAYING), first, -2);
        assertNear(mu1 * mu2, second, "P");
        double mBar = mu3 * -0.5 / (1 - mu1 * mu2 * mu3) + (1 - mu2) * -2 / (1 - mu1 * mu2);
        assertNear(theta - 2 * mBar / 2.5, second, "theta");
    }

    @Test
    void a_checkpoint_says_where_the_product_stands() {
        Nadam nadam = nadam(0, Schedule.DECAYING);
        State checkpoint = nadam.at(Scalar.of(16))
                .with("m", Scalar.of(1))
                .with("v", Scalar.of(1))
                .with("P", Scalar.of(0.5))
                .after(1);
        State next = run(nadam, checkpoint, -2);
        assertExactly(0.125, next, "P");
        assertNear(16 - 2 * (0.25 * -0.5 / (31.0 / 32) + 0.75 * -2 / 0.875) / 2.5, next, "theta");
    }

    /** m = (1 − β₁ᵗ)g and v̂ = g², here g = 3 and v̂ with its root and ε is 3.5. */
    @Test
    void a_constant_gradient_has_known_steps() {
        for (Schedule schedule : new Schedule[] {Schedule.CONSTANT, Schedule.SAME}) {
            State state = nadam(0, schedule).at(Scalar.of(0));
            double theta = 0;
            for (int t = 1; t <= 100; t++) {
                state = run(nadam(0, schedule), state, 3);
                double rise = 1 - Math.scalb(1.0, -t);
                double ahead = 1 - Math.scalb(1.0, -t - 1);
                double mBar = 3 * (schedule == Schedule.SAME ? ahead / rise : rise / ahead / 2 + 0.5 / rise);
                theta -= 2 * mBar / 3.5;
                assertNear(theta, state, "theta", 8 + t);
            }
        }
    }

    /** Where μ is all but 1, as exact arithmetic has it: m̄ = μ_3 m/(1 − μ_1μ_2μ_3) + (1 − μ_2)g/(1 − μ_1μ_2). */
    @Test
    void a_momentum_close_to_one_keeps_its_digits() {
        double beta1 = 1 - 0x1p-30;
        Nadam nadam = new Nadam(1, beta1, 0, 0, 1000, Schedule.DECAYING);
        State first = run(nadam, 0, 1);
        State second = run(
                nadam,
                first.with("theta", Scalar.of(0)).derive("Q", first.derived("Q").orElseThrow()),
                1);
        BigDecimal P1 = mu(beta1, 1);
        BigDecimal P2 = P1.multiply(mu(beta1, 2));
        BigDecimal P3 = P2.multiply(mu(beta1, 3));
        BigDecimal one = BigDecimal.ONE;
        BigDecimal m = one.subtract(new BigDecimal(beta1).pow(2));
        MathContext digits = MathContext.DECIMAL128;
        BigDecimal mBar = mu(beta1, 3)
                .multiply(m)
                .divide(one.subtract(P3), digits)
                .add(one.subtract(mu(beta1, 2)).divide(one.subtract(P2), digits));
        assertNear(-mBar.doubleValue(), second, "theta");
        double P = second.get("P").get(0);
        double naive = 1 - P;
        double kept = second.derived("Q").orElseThrow().get(0);
        double exact = one.subtract(P2).doubleValue();
        assertEquals(exact, kept, 4 * Math.ulp(exact));
        assertTrue(Math.abs(naive - exact) > 1000 * Math.ulp(exact), naive + " is good enough");
    }

    private static BigDecimal mu(double beta1, int t) {
        BigDecimal power = new BigDecimal("0.96").pow(1000 * t, new MathContext(60));
        BigDecimal half = new BigDecimal("0.5");
        return new BigDecimal(beta1).multiply(BigDecimal.ONE.subtract(half.multiply(power)));
    }
}
