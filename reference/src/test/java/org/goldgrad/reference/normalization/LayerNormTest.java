package org.goldgrad.reference.normalization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

final class LayerNormTest {
    private static final SimpleMatrix GAMMA = new SimpleMatrix(new double[] {2, 4});
    private static final SimpleMatrix BETA = new SimpleMatrix(new double[] {1, -1});

    @Test
    void two_rows_by_hand() {
        SimpleMatrix x = new SimpleMatrix(new double[][] {{1, 3}, {7, 7}});
        LayerNorm.Output output = LayerNorm.of(GAMMA, BETA, 3).forward(x); // r = 1/√(1 + 3), x̂ = ∓1/2
        assertTrue(output.mean().isIdentical(new SimpleMatrix(new double[] {2, 7}), 0));
        assertTrue(output.variance().isIdentical(new SimpleMatrix(new double[] {1, 0}), 0));
        assertTrue(output.y().isIdentical(new SimpleMatrix(new double[][] {{0, 1}, {1, -1}}), 0));
    }

    @Test
    void a_large_mean_costs_no_digits_of_the_variance() {
        SimpleMatrix x = new SimpleMatrix(new double[][] {{0x1p40 + 1, 0x1p40 + 3}});
        assertEquals(1, LayerNorm.of(GAMMA, BETA, 0).forward(x).variance().get(0));
    }

    @Test
    void a_constant_row_without_eps_is_refused() {
        SimpleMatrix x = new SimpleMatrix(new double[][] {{1, 3}, {7, 7}});
        Exception refusal = assertThrows(
                IllegalArgumentException.class,
                () -> LayerNorm.of(GAMMA, BETA, 0).forward(x));
        assertEquals("row 2 of x has variance 0, and eps is 0 too: nothing to divide by", refusal.getMessage());
    }

    @Test
    void nan_stays_in_its_row() {
        SimpleMatrix x = new SimpleMatrix(new double[][] {{1, 3}, {7, Double.NaN}});
        SimpleMatrix y = LayerNorm.of(GAMMA, BETA, 3).forward(x).y();
        assertEquals(0, y.get(0, 0));
        assertTrue(Double.isNaN(y.get(1, 0)));
    }

    @Test
    void refusals_say_both_shapes() {
        Exception beta =
                assertThrows(IllegalArgumentException.class, () -> LayerNorm.of(GAMMA, new SimpleMatrix(3, 1), 1));
        assertEquals("beta must be features×1 = 2×1, is 3×1", beta.getMessage());
        Exception x = assertThrows(
                IllegalArgumentException.class,
                () -> LayerNorm.of(GAMMA, BETA, 1).forward(new SimpleMatrix(4, 3)));
        assertEquals("x must be rows×features = 4×2, is 4×3", x.getMessage());
    }
}
