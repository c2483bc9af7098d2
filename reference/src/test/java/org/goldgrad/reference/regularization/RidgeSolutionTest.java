package org.goldgrad.reference.regularization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RidgeSolutionTest {

    @Test
    void one_weight_by_hand() {
        SimpleMatrix w = RidgeSolution.of(SimpleMatrix.filled(1, 1, 2), SimpleMatrix.filled(1, 1, 4), 4);
        assertEquals(1, w.get(0), 0x1p-50);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0x1p-40, 0.25, 1, 1e3, 1e8, 1e14})
    void keeps_its_digits_whatever_the_penalty(double lambda) {
        assertDigitsKept(7, lambda);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0x1p-80, 0x1p-40, 0.25, 1, 1e3, 1e8, 1e14})
    void keeps_its_digits_with_fewer_samples_than_features(double lambda) {
        assertDigitsKept(2, lambda);
    }

    /** Well-conditioned at every λ here, so the error is a modest multiple of 2⁻⁵³ of the largest weight. */
    private static void assertDigitsKept(int samples, double lambda) {
        Random random = new Random(6135);
        SimpleMatrix X = SimpleMatrix.random_DDRM(samples, 3, -1, 1, random);
        SimpleMatrix y = SimpleMatrix.random_DDRM(samples, 1, -1, 1, random);
        SimpleMatrix exact = exact(X, y, lambda);
        SimpleMatrix w = RidgeSolution.of(X, y, lambda);
        double allowed = 64 * 0x1p-53 * exact.elementMaxAbs();
        for (int j = 0; j < 3; j++) {
            assertEquals(exact.get(j), w.get(j), allowed);
        }
    }

    /** Cramer's rule on the 3×3 normal equations, exact up to the last division. */
    private static SimpleMatrix exact(SimpleMatrix X, SimpleMatrix y, double lambda) {
        BigDecimal[][] columns = new BigDecimal[4][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 4; j++) {
                BigDecimal sum = i == j ? new BigDecimal(lambda) : BigDecimal.ZERO;
                for (int k = 0; k < X.getNumRows(); k++) {
                    BigDecimal other = new BigDecimal(j < 3 ? X.get(k, j) : y.get(k));
                    sum = sum.add(new BigDecimal(X.get(k, i)).multiply(other));
                }
                columns[j][i] = sum;
            }
        }
        BigDecimal[] a = columns[0];
        BigDecimal[] b = columns[1];
        BigDecimal[] c = columns[2];
        BigDecimal[] r = columns[3];
        BigDecimal d = determinant(a, b, c);
        return new SimpleMatrix(new double[] {
            quotient(determinant(r, b, c), d), quotient(determinant(a, r, c), d), quotient(determinant(a, b, r), d)
        });
    }

    private static double quotient(BigDecimal numerator, BigDecimal denominator) {
        return numerator.divide(denominator, new MathContext(40)).doubleValue();
    }

    private static BigDecimal determinant(BigDecimal[] a, BigDecimal[] b, BigDecimal[] c) {
        return a[0].multiply(minor(b, c, 1, 2))
                .add(a[1].multiply(minor(b, c, 2, 0)))
                .add(a[2].multiply(minor(b, c, 0, 1)));
    }

    private static BigDecimal minor(BigDecimal[] b, BigDecimal[] c, int i, int j) {
        return b[i].multiply(c[j]).subtract(b[j].multiply(c[i]));
    }

    @Test
    void a_penalty_decides_between_dependent_columns() {
        SimpleMatrix X = new SimpleMatrix(new double[][] {{1, 1, 0}, {2, 2, 0}});
        SimpleMatrix w = RidgeSolution.of(X, new SimpleMatrix(new double[] {3, 4}), 1);
        assertEquals(1, w.get(0), 0x1p-49); // (1·3 + 2·4)/(2·5 + 1), shared equally
        assertEquals(1, w.get(1), 0x1p-49);
        assertTrue(w.get(2) == 0, "exactly 0, of either sign");
    }

    @Test
    void refuses_dependent_columns_without_a_penalty() {
        SimpleMatrix y = new SimpleMatrix(new double[] {1, 2, 3});
        assertNotUnique(new SimpleMatrix(new double[][] {{1, 2}, {3, 6}, {5, 10}}), y);
        assertNotUnique(new SimpleMatrix(3, 2), y);
        assertNotUnique(SimpleMatrix.random_DDRM(3, 4, -1, 1, new Random(1)), y);
        // the third column lies in the plane of two that are almost one
        double d = 0x1p-30;
        assertNotUnique(new SimpleMatrix(new double[][] {{3, 3 + d, 1}, {1, 1 + d, 1}, {2, 2 + d, 1}}), y);
    }

    private static void assertNotUnique(SimpleMatrix X, SimpleMatrix y) {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> RidgeSolution.of(X, y, 0));
        assertTrue(String.valueOf(refusal.getMessage()).startsWith("the solution is not unique"));
    }

    @Test
    void what_is_not_finite_stays_so() {
        SimpleMatrix X = new SimpleMatrix(new double[][] {{Double.NaN, 2}, {0, 6}});
        SimpleMatrix y = new SimpleMatrix(new double[] {1, 2});
        assertTrue(RidgeSolution.of(X, y, 1).hasUncountable());
        assertTrue(RidgeSolution.of(SimpleMatrix.identity(2), y.divide(0), 1).hasUncountable());
    }

    @Test
    void refuses_a_negative_penalty_and_a_target_of_another_length() {
        SimpleMatrix X = new SimpleMatrix(3, 2);
        assertThrows(IllegalArgumentException.class, () -> RidgeSolution.of(X, new SimpleMatrix(3, 1), -1));
        Exception refusal =
                assertThrows(IllegalArgumentException.class, () -> RidgeSolution.of(X, new SimpleMatrix(2, 1), 1));
        assertEquals("y must be samples×1 = 3×1, is 2×1", refusal.getMessage());
    }
}
