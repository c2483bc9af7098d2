package org.goldgrad.reference.regularization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

final class DropoutSolutionTest {
    private static final SimpleMatrix X = new SimpleMatrix(new double[][] {{1, -2, 0.5}, {3, 1, -1}});
    private static final SimpleMatrix Y = new SimpleMatrix(new double[] {2, -1});

    /** X = 2, y = 4, p = 1/4: λ = 3 and pw = 8/(4 + 3·4) = 1/2; a handful of roundings. */
    @Test
    void one_weight_by_hand() {
        SimpleMatrix x = SimpleMatrix.filled(1, 1, 2);
        SimpleMatrix y = SimpleMatrix.filled(1, 1, 4);
        assertEquals(2, DropoutSolution.of(x, y, 0.25, DropoutMask.PLAIN).get(0), 0x1p-49);
        assertEquals(0.5, DropoutSolution.of(x, y, 0.25, DropoutMask.INVERTED).get(0), 0x1p-51);
    }

    /**
     * A quadratic is at its minimum where it is as high on either side. The two sides differ by 4e times the gradient,
     * which rounding in w, of some 2⁻⁵⁰, makes 2⁻⁴⁵ at most here; rounding in the losses, below 64, is 2⁻⁴⁶.
     */
    @Test
    void is_where_the_expected_loss_is_lowest() {
        for (DropoutMask mask : DropoutMask.values()) {
            SimpleMatrix w = DropoutSolution.of(X, Y, 0.625, mask);
            double lowest = DropoutLoss.expected(X, Y, w, 0.625, mask);
            for (int j = 0; j < 3; j++) {
                SimpleMatrix e = new SimpleMatrix(3, 1);
                e.set(j, 0.25);
                double above = DropoutLoss.expected(X, Y, w.plus(e), 0.625, mask);
                double below = DropoutLoss.expected(X, Y, w.minus(e), 0.625, mask);
                assertEquals(above, below, 0x1p-44);
                assertTrue(lowest < above);
            }
        }
    }

    @Test
    void rescaling_a_feature_rescales_its_weight_exactly_when_by_a_power_of_two() {
        SimpleMatrix w = DropoutSolution.of(X, Y, 0.625, DropoutMask.PLAIN);
        SimpleMatrix scaled = DropoutSolution.of(X.mult(SimpleMatrix.diag(1, 1024, 1)), Y, 0.625, DropoutMask.PLAIN);
        assertEquals(w.get(0), scaled.get(0));
        assertEquals(w.get(1), 1024 * scaled.get(1));
        assertEquals(w.get(2), scaled.get(2));
    }

    @Test
    void refuses_what_has_no_single_answer() {
        SimpleMatrix withZeroColumn = new SimpleMatrix(new double[][] {{1, 0}, {3, 0}});
        Exception refusal = assertThrows(
                IllegalArgumentException.class, () -> DropoutSolution.of(withZeroColumn, Y, 0.5, DropoutMask.PLAIN));
        assertTrue(
                String.valueOf(refusal.getMessage()).startsWith("the solution is not unique: column 2 of X is zero"));
        assertThrows(IllegalArgumentException.class, () -> DropoutSolution.of(X, Y, 1, DropoutMask.PLAIN));
        assertThrows(IllegalArgumentException.class, () -> DropoutSolution.of(X, Y, 0, DropoutMask.PLAIN));
    }
}
