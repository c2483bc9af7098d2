package org.goldgrad.reference;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

final class ShapeTest {

    @Test
    void a_refusal_names_the_argument_and_both_shapes() {
        Shape shape = new Shape(4, 3);
        Exception refusal = assertThrows(
                IllegalArgumentException.class, () -> shape.require("h0", "batch×hidden", new SimpleMatrix(3, 4)));
        assertEquals("h0 must be batch×hidden = 4×3, is 3×4", refusal.getMessage());
        assertDoesNotThrow(() -> shape.require("h0", "batch×hidden", new SimpleMatrix(4, 3)));
    }
}
