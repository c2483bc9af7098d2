package org.goldgrad.reference.optimization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Norm;
import org.junit.jupiter.api.Test;

final class ProjectionTest {
    private static final SimpleMatrix W = new SimpleMatrix(new double[][] {{3, 0}, {0, -4}});
    private static final SimpleMatrix ZERO = new SimpleMatrix(2, 2);

    @Test
    void a_ball_holds_what_is_in_it_and_draws_in_what_is_not() {
        assertEquals(0, Norm.of(new Projection(5).toBall(W).minus(W)));
        assertEquals(1.5, new Projection(2.5).toBall(W).get(0, 0), 0x1p-52);
        assertEquals(0, Norm.of(new Projection(1).toBall(ZERO)));
    }

    @Test
    void a_sphere_draws_in_what_is_in_it_too_but_zero() {
        assertEquals(-8, new Projection(10).toSphere(W).get(1, 1));
        assertEquals(0, Norm.of(new Projection(10).toSphere(ZERO)));
    }

    @Test
    void a_small_number_halves_the_radius_where_the_norm_is_as_small() {
        assertEquals(5, Norm.of(new Projection(10).toSphere(W, 5)));
        assertEquals(0, Norm.of(new Projection(10).toSphere(ZERO, 5)));
    }

    @Test
    void a_radius_that_is_not_positive_is_refused() {
        assertEquals(
                "radius must be > 0, is 0.0",
                assertThrows(IllegalArgumentException.class, () -> new Projection(0))
                        .getMessage());
    }
}
