package org.goldgrad.reference.regularization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

final class DropoutLossTest {
    private static final SimpleMatrix X = new SimpleMatrix(new double[][] {{1, -2, 0.5}, {3, 1, -1}});
    private static final SimpleMatrix Y = new SimpleMatrix(new double[] {2, -1});
    private static final SimpleMatrix W = new SimpleMatrix(new double[] {0.5, -1.5, 2});

    /** All 64 masks, each weighted by its probability; p = 1/4 keeps every product and sum exact. */
    private static double enumerated(double p, double kept) {
        double expectation = 0;
        for (int mask = 0; mask < 64; mask++) {
            double probability = 1;
            double loss = 0;
            for (int i = 0; i < 2; i++) {
                double residual = Y.get(i);
                for (int j = 0; j < 3; j++) {
                    boolean keep = (mask >> (3 * i + j) & 1) == 1;
                    probability *= keep ? p : 1 - p;
                    residual -= keep ? kept * X.get(i, j) * W.get(j) : 0;
                }
                loss += residual * residual;
            }
            expectation += probability * loss;
        }
        return expectation;
    }

    @Test
    void is_the_average_over_all_masks() {
        assertEquals(enumerated(0.25, 1), DropoutLoss.expected(X, Y, W, 0.25, DropoutMask.PLAIN));
        assertEquals(enumerated(0.25, 4), DropoutLoss.expected(X, Y, W, 0.25, DropoutMask.INVERTED));
    }

    @Test
    void keeping_everything_leaves_the_squared_error() {
        double squared = Y.minus(X.mult(W)).elementPower(2).elementSum();
        assertEquals(squared, DropoutLoss.expected(X, Y, W, 1, DropoutMask.PLAIN));
        assertEquals(squared, DropoutLoss.expected(X, Y, W, 1, DropoutMask.INVERTED));
    }

    @Test
    void a_refusal_says_both_shapes() {
        Exception refusal = assertThrows(
                IllegalArgumentException.class, () -> DropoutLoss.expected(X, W, W, 0.5, DropoutMask.PLAIN));
        assertEquals("y must be samples×1 = 2×1, is 3×1", refusal.getMessage());
    }
}
