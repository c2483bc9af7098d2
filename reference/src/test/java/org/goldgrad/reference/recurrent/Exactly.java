package org.goldgrad.reference.recurrent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.ejml.simple.SimpleMatrix;

/** Small matrices written down, and equality to the last bit. */
final class Exactly {
    private Exactly() {}

    static SimpleMatrix row(double... numbers) {
        return new SimpleMatrix(new double[][] {numbers});
    }

    /** A sequence of 1×1 matrices. */
    static List<SimpleMatrix> numbers(double... numbers) {
        return Arrays.stream(numbers).mapToObj(Exactly::row).toList();
    }

    static void assertNumbers(List<SimpleMatrix> actual, double... expected) {
        assertArrayEquals(
                expected, actual.stream().mapToDouble(a -> unsigned(a.get(0))).toArray());
    }

    static void assertEntries(SimpleMatrix actual, double... expected) {
        assertArrayEquals(
                expected,
                Arrays.stream(actual.getDDRM().getData()).map(Exactly::unsigned).toArray());
    }

    /** −0 as 0. */
    private static double unsigned(double a) {
        return a + 0.0;
    }

    static void assertSame(SimpleMatrix expected, SimpleMatrix actual) {
        assertTrue(expected.isIdentical(actual, 0), () -> "expected " + expected + " but was " + actual);
    }

    static void assertSame(List<SimpleMatrix> expected, List<SimpleMatrix> actual) {
        assertEquals(expected.size(), actual.size());
        for (int t = 0; t < expected.size(); t++) {
            assertSame(expected.get(t), actual.get(t));
        }
    }
}
