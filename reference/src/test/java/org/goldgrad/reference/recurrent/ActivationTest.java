package org.goldgrad.reference.recurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ActivationTest {

    @Test
    void known_values_at_zero() {
        for (double zero : new double[] {0.0, -0.0}) {
            assertEquals(0, Activation.RELU.value(zero));
            assertEquals(0, Activation.RELU.derivative(zero));
        }
        assertEquals(0.5, Activation.SIGMOID.value(0));
        assertEquals(0.25, Activation.SIGMOID.derivative(0));
        assertEquals(0, Activation.TANH.value(0));
        assertEquals(1, Activation.TANH.derivative(0));
    }

    /** σ' = e^{−a}(1 − 2e^{−a} + …), tanh' = 4e^{−2a}(1 − 2e^{−2a} + …): at a = 40 all but the first term is lost. */
    @Test
    void derivatives_keep_their_digits_where_the_unit_saturates() {
        double sigmoid = StrictMath.exp(-40);
        double tanh = 4 * StrictMath.exp(-80);
        assertEquals(sigmoid, Activation.SIGMOID.derivative(40), 4 * Math.ulp(sigmoid));
        assertEquals(sigmoid, Activation.SIGMOID.derivative(-40), 4 * Math.ulp(sigmoid));
        assertEquals(tanh, Activation.TANH.derivative(40), 6 * Math.ulp(tanh));
        assertEquals(tanh, Activation.TANH.derivative(-40), 6 * Math.ulp(tanh));
    }

    @Test
    void the_far_tails_neither_overflow_nor_lose_nan() {
        assertEquals(StrictMath.exp(-700), Activation.SIGMOID.value(-700), 2 * Math.ulp(StrictMath.exp(-700)));
        for (Activation activation : List.of(Activation.TANH, Activation.SIGMOID)) {
            assertEquals(1, activation.value(1e4));
            assertEquals(0, activation.derivative(1e4));
            assertEquals(0, activation.derivative(Double.NEGATIVE_INFINITY));
            assertTrue(Double.isNaN(activation.value(Double.NaN)));
            assertTrue(Double.isNaN(activation.derivative(Double.NaN)));
        }
        assertTrue(Double.isNaN(Activation.RELU.value(Double.NaN)));
        assertTrue(Double.isNaN(Activation.RELU.derivative(Double.NaN)));
    }

    @Test
    void no_derivative_is_steeper_than_the_steepest_which_is_reached() {
        for (Activation activation : Activation.values()) {
            double largest = 0;
            for (double a = -40; a <= 40; a += 0.125) {
                largest = Math.max(largest, activation.derivative(a));
            }
            assertEquals(activation.steepest(), largest);
        }
    }
}
