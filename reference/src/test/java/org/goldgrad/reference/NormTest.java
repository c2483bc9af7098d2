package org.goldgrad.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

final class NormTest {

    @Test
    void is_three_four_five_at_every_scale() {
        assertEquals(5, Norm.of(row(3, -4)));
        assertEquals(0x5p1000, Norm.of(row(0x3p1000, 0x4p1000)));
        assertEquals(0x5p-1074, Norm.of(row(0x3p-1074, 0x4p-1074)));
        assertEquals(0, Norm.of(row(0, 0)));
    }

    @Test
    void lets_nan_and_infinity_through() {
        assertEquals(Double.NaN, Norm.of(row(Double.NaN, Double.NaN)));
        assertEquals(Double.NaN, Norm.of(row(Double.POSITIVE_INFINITY, Double.NaN)));
        assertEquals(Double.POSITIVE_INFINITY, Norm.of(row(1, Double.NEGATIVE_INFINITY)));
    }

    /** [3 0; 4 5]: λ² − 50λ + 225 = 0, so 45 is the larger eigenvalue of WᵀW. */
    @Test
    void of_an_operator_is_the_largest_singular_value() {
        assertEquals(2, Norm.ofOperator(SimpleMatrix.diag(1, -2)));
        assertEquals(Math.sqrt(45), Norm.ofOperator(new SimpleMatrix(new double[][] {{3, 0}, {4, 5}})), 2e-15);
        assertEquals(0, Norm.ofOperator(new SimpleMatrix(2, 2)));
    }

    private static SimpleMatrix row(double... entries) {
        return new SimpleMatrix(1, entries.length, true, entries);
    }
}
