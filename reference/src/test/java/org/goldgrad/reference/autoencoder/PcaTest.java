package org.goldgrad.reference.autoencoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;
import org.goldgrad.reference.autoencoder.Pca.Divisor;
import org.junit.jupiter.api.Test;

/** An SVD of a matrix of norm σ is good to a modest multiple of 2⁻⁵³σ; the bounds below take that multiple as 16. */
final class PcaTest {
    private static final double U16 = 16 * 0x1p-53;

    /** Samples (±1, 0) and (0, ±2), moved to the mean (5, −7): variances 2/4 and 8/4. */
    private static final SimpleMatrix CROSS = new SimpleMatrix(new double[][] {{6, 4, 5, 5}, {-7, -7, -5, -9}});

    private static void assertMatrix(SimpleMatrix expected, SimpleMatrix actual) {
        assertEquals(Shape.of(expected), Shape.of(actual));
        assertTrue(expected.isIdentical(actual, U16 * Math.max(1, expected.elementMaxAbs())), actual::toString);
    }

    @Test
    void a_cross_by_hand() {
        Pca pca = Pca.of(CROSS, 1, Divisor.N);
        assertMatrix(new SimpleMatrix(new double[] {2, 0.5}), pca.eigenvalues());
        assertMatrix(SimpleMatrix.diag(0, 1), pca.projector());
    }

    @Test
    void dividing_by_one_less_makes_the_variances_larger() {
        Pca pca = Pca.of(CROSS, 1, Divisor.N_MINUS_ONE);
        assertMatrix(new SimpleMatrix(new double[] {8.0 / 3, 2.0 / 3}), pca.eigenvalues());
    }

    @Test
    void fewer_samples_than_dimensions_leave_zeros_and_every_direction_is_identity() {
        SimpleMatrix X = new SimpleMatrix(new double[][] {{1, -1}, {1, -1}, {0, 0}, {1, -1}});
        assertMatrix(
                new SimpleMatrix(new double[] {3, 0, 0, 0}),
                Pca.of(X, 1, Divisor.N).eigenvalues());
        assertMatrix(SimpleMatrix.identity(4), Pca.of(X, 4, Divisor.N).projector());
        assertMatrix(new SimpleMatrix(4, 4), Pca.of(X, 0, Divisor.N).projector());
        double third = 1.0 / 3;
        SimpleMatrix onto = new SimpleMatrix(new double[][] {
            {third, third, 0, third}, {third, third, 0, third}, {0, 0, 0, 0}, {third, third, 0, third}
        });
        assertMatrix(onto, Pca.of(X, 1, Divisor.N).projector());
    }

    @Test
    void small_eigenvalues_keep_the_digits_that_a_covariance_loses() {
        double d = 0x1p-30;
        SimpleMatrix X = new SimpleMatrix(new double[][] {{1, -1, d, -d}, {1, -1, -d, d}});
        double small = Pca.of(X, 1, Divisor.N).eigenvalues().get(1); // d² = 2⁻⁶⁰, beside 1 + 2⁻⁶⁰ lost altogether
        assertEquals(0x1p-60, small, U16 * 0x1p-29); // 2σ₁σ₂/n · 16u
        assertEquals(1, small * 0x1p60, 1e-3);
    }

    @Test
    void the_projector_is_a_projector_of_rank_k_on_wide_and_tall_data() {
        for (int[] size : new int[][] {{3, 8}, {6, 4}, {5, 5}}) {
            SimpleMatrix X = SimpleMatrix.random_DDRM(size[0], size[1], -1, 1, new Random(2));
            SimpleMatrix P = Pca.of(X, 2, Divisor.N).projector();
            assertMatrix(P, P.transpose());
            assertMatrix(P, P.mult(P));
            assertEquals(2, P.trace(), 2 * U16);
        }
    }

    @Test
    void what_is_not_finite_stays_so() {
        SimpleMatrix X = new SimpleMatrix(new double[][] {{1, Double.NaN, 2}, {3, 4, 5}});
        assertTrue(Double.isNaN(Pca.of(X, 1, Divisor.N).eigenvalues().get(0)));
    }

    @Test
    void refuses_what_leaves_nothing_to_divide_by_and_components_that_do_not_exist() {
        SimpleMatrix one = new SimpleMatrix(3, 1);
        Exception few = assertThrows(IllegalArgumentException.class, () -> Pca.of(one, 1, Divisor.N_MINUS_ONE));
        assertEquals("X must have at least 2 columns, is 3×1", few.getMessage());
        Exception many = assertThrows(IllegalArgumentException.class, () -> Pca.of(one, 4, Divisor.N));
        assertEquals("k must be from 0 to m = 3, is 4", many.getMessage());
    }
}
