package org.goldgrad.reference.optimization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

final class SobolevGradientTest {
    @Test
    void four_points_by_hand() {
        // I - Δ = circulant(3, -1, 0, -1) maps (7, 3, 2, 3) to (15, 0, 0, 0)
        SimpleMatrix g = new SimpleMatrix(new double[] {15, 0, 0, 0});
        SimpleMatrix theta = new SobolevGradient(1, 1, 1).step(new SimpleMatrix(4, 1), g);
        double[] expected = {-7, -3, -2, -3};
        for (int i = 0; i < 4; i++) {
            assertEquals(expected[i], theta.get(i), 0x1p-48);
        }
    }

    @Test
    void the_zeroth_power_is_plain_descent() {
        SimpleMatrix g = new SimpleMatrix(new double[] {1, 2, 4});
        SimpleMatrix theta = new SobolevGradient(0.5, 0.25, 0).step(g, g);
        assertEquals(1, theta.get(1));
        assertEquals(2, theta.get(2));
    }

    /** Applying I − Δ as often as the gradient was smoothed brings it back. */
    @Test
    void differences_undo_it() {
        int n = 7;
        double h = 0.5;
        SimpleMatrix g = new SimpleMatrix(n, 1);
        for (int i = 0; i < n; i++) {
            g.set(i, i * i % 5 - 1);
        }
        SimpleMatrix d = new SobolevGradient(-1, h, 3).step(new SimpleMatrix(n, 1), g);
        for (int k = 0; k < 3; k++) {
            SimpleMatrix u = d;
            d = u.elementOp((int i, int column, double ui) ->
                    ui - (u.get((i + 1) % n) - 2 * ui + u.get((i + n - 1) % n)) / (h * h));
        }
        for (int i = 0; i < n; i++) {
            assertEquals(g.get(i), d.get(i), 0x1p-53 * 64 * 17 * 17 * 17); // differences magnify errors 17 times each
        }
    }

    @Test
    void refuses_what_is_no_grid() {
        assertThrows(IllegalArgumentException.class, () -> new SobolevGradient(1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new SobolevGradient(1, Double.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> new SobolevGradient(1, 1, -1));
    }
}
