package org.goldgrad.reference.optimization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

final class ClipByValueTest {
    @Test
    void every_element_keeps_its_sign_and_at_most_the_limit() {
        SimpleMatrix g = new SimpleMatrix(new double[] {3, -3, 0.5, -1.25, 0});
        SimpleMatrix clipped = new ClipByValue(1.25).clip(g);
        SimpleMatrix expected = new SimpleMatrix(new double[] {1.25, -1.25, 0.5, -1.25, 0});
        assertEquals(0, clipped.minus(expected).elementMaxAbs());
    }

    @Test
    void a_limit_that_is_not_positive_is_refused() {
        assertEquals(
                "limit must be > 0, is -1.0",
                assertThrows(IllegalArgumentException.class, () -> new ClipByValue(-1))
                        .getMessage());
    }
}
