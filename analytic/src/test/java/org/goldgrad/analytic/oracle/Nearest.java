package org.goldgrad.analytic.oracle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.goldgrad.analytic.arithmetic.Rational;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Array;

/** Correct rounding of fractions, decided by exact comparison with the midpoints to the neighboring doubles. */
final class Nearest {
    private Nearest() {}

    /** Every double is the one nearest to its fraction, the even one at a tie. */
    static void assertNearest(Tensor<Rational> truth, Array actual) {
        assertArrayEquals(truth.shape(), actual.shape());
        for (int i = 0; i < actual.size(); i++) {
            Rational x = truth.at(i);
            double d = actual.at(i);
            assertTrue(isNearest(x, d), () -> d + " is not the double nearest to " + x);
        }
    }

    private static boolean isNearest(Rational x, double d) {
        int below = compare(x, Math.nextDown(d), d);
        int above = compare(x, d, Math.nextUp(d));
        boolean isEven = (Double.doubleToLongBits(d) & 1) == 0;
        return (below > 0 || below == 0 && isEven) && (above < 0 || above == 0 && isEven);
    }

    /** Compares x with the midpoint of two doubles. */
    private static int compare(Rational x, double a, double b) {
        Rational middle = Rational.ARITHMETIC.of(a).plus(b).times(0.5);
        return x.value().compareTo(middle.value());
    }
}
