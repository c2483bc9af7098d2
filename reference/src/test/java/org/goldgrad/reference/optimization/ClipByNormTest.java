package org.goldgrad.reference.optimization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Norm;
import org.goldgrad.reference.optimization.ClipByNorm.Epsilon;
import org.goldgrad.reference.optimization.ClipByNorm.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClipByNormTest {
    /** Two tensors, of norms 3 and 4, together 5. */
    private static final SimpleMatrix G = matrix(3, 0, 0, -4);

    private static SimpleMatrix matrix(double... entries) {
        return new SimpleMatrix(2, 2, true, entries);
    }

    private static ClipByNorm clip(double limit, Scope scope) {
        return new ClipByNorm(limit, scope, Epsilon.NONE);
    }

    private static void assertEntries(SimpleMatrix expected, SimpleMatrix actual) {
        assertTrue(expected.isIdentical(actual, 0), () -> actual + " is not " + expected);
    }

    @Test
    void one_norm_keeps_the_direction_and_two_do_not() {
        assertEntries(matrix(1.5, 0, 0, -2), clip(2.5, Scope.GLOBAL).clip(G));
        assertEntries(matrix(2.5, 0, 0, -2.5), clip(2.5, Scope.TENSOR).clip(G));
        assertEntries(matrix(3, 0, 0, -3.5), clip(3.5, Scope.TENSOR).clip(G));
    }

    @Test
    void what_is_not_longer_than_the_limit_stays_as_it_is() {
        assertEntries(G, clip(5, Scope.GLOBAL).clip(G));
        assertEntries(G, clip(4, Scope.TENSOR).clip(G));
        assertEntries(G.createLike(), clip(1, Scope.GLOBAL).clip(G.createLike()));
    }

    @Test
    void something_added_to_the_norm_leaves_it_below_the_limit() {
        double norm = Norm.of(new ClipByNorm(1, Scope.GLOBAL, Epsilon.ADDED).clip(G));
        assertEquals(5 / 5.000001, norm, 0x1p-52);
    }

    @Test
    void squares_neither_overflow_nor_vanish() {
        assertEquals(1, Norm.of(clip(1, Scope.GLOBAL).clip(G.scale(0x1p1000))), 0x1p-52);
        assertEquals(0x1p-1000, Norm.of(clip(0x1p-1000, Scope.GLOBAL).clip(G.scale(0x1p-998))), 0x1p-1052);
    }

    @Test
    void the_gradient_is_the_identity_below_the_limit_and_at_zero() {
        SimpleMatrix dy = matrix(1, 2, 3, 4);
        assertEntries(dy, clip(6, Scope.GLOBAL).gradient(G, dy));
        assertEntries(dy, clip(1, Scope.TENSOR).gradient(G.createLike(), dy));
        assertEntries(dy.scale(0.5), new ClipByNorm(5e-7, Scope.GLOBAL, Epsilon.ADDED).gradient(G.createLike(), dy));
    }

    /** u = (3/5, −4/5) in the entries that are not 0; dy along u is lost, across u it is halved. */
    @Test
    void the_gradient_is_tangential_above_the_limit() {
        SimpleMatrix along = clip(2.5, Scope.GLOBAL).gradient(G, G);
        assertEquals(0, Norm.of(along), 0x1p-50);
        SimpleMatrix across = clip(2.5, Scope.GLOBAL).gradient(G, matrix(4, 0, 0, 3));
        assertEquals(0, Norm.of(across.minus(matrix(2, 0, 0, 1.5))), 0x1p-50);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN})
    void a_limit_that_is_not_positive_is_refused(double limit) {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> clip(limit, Scope.GLOBAL));
        assertEquals("limit must be > 0, is " + limit, refusal.getMessage());
    }
}
