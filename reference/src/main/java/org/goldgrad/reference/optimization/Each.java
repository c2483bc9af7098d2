package org.goldgrad.reference.optimization;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.ejml.simple.SimpleMatrix;

/** A function of numbers, element by element of one matrix, or of two of one shape. */
final class Each {
    private Each() {}

    static SimpleMatrix of(SimpleMatrix A, DoubleUnaryOperator f) {
        return A.elementOp((int row, int column, double a) -> f.applyAsDouble(a));
    }

    static SimpleMatrix of(SimpleMatrix A, SimpleMatrix B, DoubleBinaryOperator f) {
        return A.elementOp((int row, int column, double a) -> f.applyAsDouble(a, B.get(row, column)));
    }
}
