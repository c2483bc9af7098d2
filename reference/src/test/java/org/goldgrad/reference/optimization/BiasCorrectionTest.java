package org.goldgrad.reference.optimization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

final class BiasCorrectionTest {
    private static final double[] BETAS = {
        0, 0x1p-60, 0.1, 0.5, 0.625, 0.9, 0.95, 0.99, 0.999, 0.9999, 0.99999999, 1 - 0x1p-40, 1 - 0x1p-53
    };

    @Test
    void is_within_three_ulp_for_every_beta_and_t() {
        for (double beta : BETAS) {
            for (int t = 1; t <= 100_000; t = t < 30 ? t + 1 : t * 3) {
                double exact = exact(beta, t);
                double allowed = 3 * Math.ulp(exact);
                assertEquals(exact, BiasCorrection.divisor(beta, t), allowed, "beta = " + beta + ", t = " + t);
            }
        }
    }

    @Test
    void subtracting_the_power_would_not_be() {
        double exact = exact(0.9999, 3);
        assertTrue(Math.abs(1 - StrictMath.pow(0.9999, 3) - exact) > 100 * Math.ulp(exact));
    }

    private static double exact(double beta, int t) {
        BigDecimal power = new BigDecimal(beta).pow(t, new MathContext(60));
        return BigDecimal.ONE.subtract(power).doubleValue();
    }
}
