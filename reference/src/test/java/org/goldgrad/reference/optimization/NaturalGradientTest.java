package org.goldgrad.reference.optimization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

final class NaturalGradientTest {
    /** At θ = 0 every p is ½ and F = XᵀX/(4n), so the step is lr·4 times the least-squares solution for ½ − y. */
    @Test
    void from_zero_it_solves_least_squares() {
        SimpleMatrix X = new SimpleMatrix(new double[][] {{1, 0}, {0, 2}});
        SimpleMatrix y = new SimpleMatrix(new double[] {1, 0});
        SimpleMatrix theta = new NaturalGradient(0.5).step(new SimpleMatrix(2, 1), X, y);
        assertEquals(1, theta.get(0), 0x1p-51); // -½·4·(½ - 1)/1
        assertEquals(-0.5, theta.get(1), 0x1p-51); // -½·4·½/2
    }

    @Test
    void the_damped_metric_of_an_earlier_task() {
        // F = diag(1, 4)/8 at θ_prev = 0, F + I/8 = diag(1/4, 5/8)
        SimpleMatrix X = new SimpleMatrix(new double[][] {{1, 0}, {0, 2}});
        SimpleMatrix g = new SimpleMatrix(new double[] {1, 5});
        SimpleMatrix theta = new ConaturalGradient(X, new SimpleMatrix(2, 1), 0.125, 0.5).step(g.scale(0), g);
        assertEquals(-2, theta.get(0), 0x1p-50);
        assertEquals(-4, theta.get(1), 0x1p-49);
    }

    @Test
    void refuses_a_singular_metric() {
        SimpleMatrix X = SimpleMatrix.ones(1, 2);
        SimpleMatrix zero = new SimpleMatrix(2, 1);
        SimpleMatrix y = SimpleMatrix.ones(1, 1);
        assertThrows(IllegalArgumentException.class, () -> new NaturalGradient(1).step(zero, X, y));
        assertThrows(IllegalArgumentException.class, () -> new ConaturalGradient(X, zero, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new ConaturalGradient(X, zero, -1, 1));
    }
}
