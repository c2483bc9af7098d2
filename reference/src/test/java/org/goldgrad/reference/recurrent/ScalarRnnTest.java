package org.goldgrad.reference.recurrent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

final class ScalarRnnTest {

    private static ScalarRnn run(double w, double h0, double... u) {
        return ScalarRnn.of(new SimpleMatrix(u), w, h0);
    }

    private static void assertColumn(SimpleMatrix actual, double... expected) {
        assertArrayEquals(expected, actual.getDDRM().getData());
    }

    @Test
    void three_steps_by_hand() {
        ScalarRnn run = run(2, 1, 1, 2, 3);
        assertColumn(run.z(), 2, 6, 15);
        assertColumn(run.h(), 4, 12, 30);
        assertEquals(30, run.y());
        assertColumn(run.edges(), 8, 12, 15);
        assertEquals(35, run.dw());
        assertColumn(run.du(), 8, 4, 2);
        assertEquals(8, run.dh0());
        assertEquals(28, run.ddw());
    }

    @Test
    void one_step_is_a_product() {
        ScalarRnn run = run(-1.5, 0.25, 2);
        assertEquals(-1.5 * 2.25, run.y());
        assertEquals(2.25, run.dw());
        assertEquals(-1.5, run.dh0());
        assertEquals(0, run.ddw());
    }

    @Test
    void a_zero_weight_hears_only_the_last_input_but_its_curvature_the_one_before() {
        ScalarRnn run = run(0, 7, 5, 3, 2);
        assertEquals(0, run.y());
        assertEquals(2, run.dw());
        assertColumn(run.du(), 0, 0, 0);
        assertEquals(6, run.ddw());
    }

    /** Four steps make y of degree 4 in w, for which a five-point stencil is exact, and so are these doubles. */
    @Test
    void both_derivatives_are_the_exact_differences_of_a_quartic() {
        double[] u = {1, -2, 3, 0.5};
        double[] y = new double[5];
        double[] dw = new double[5];
        for (int k = -2; k <= 2; k++) {
            y[k + 2] = run(1 + k, 4, u).y();
            dw[k + 2] = run(1 + k, 4, u).dw();
        }
        ScalarRnn run = run(1, 4, u);
        assertEquals(y[0] - 8 * y[1] + 8 * y[3] - y[4], 12 * run.dw());
        assertEquals(dw[0] - 8 * dw[1] + 8 * dw[3] - dw[4], 12 * run.ddw());
    }

    @Test
    void refuses_an_empty_sequence_and_a_row() {
        assertThrows(IllegalArgumentException.class, () -> ScalarRnn.of(new SimpleMatrix(0, 1), 1, 0));
        Exception refusal =
                assertThrows(IllegalArgumentException.class, () -> ScalarRnn.of(new SimpleMatrix(1, 3), 1, 0));
        assertEquals("u must be T×1 with T ≥ 1, is 1×3", refusal.getMessage());
    }
}
