package org.goldgrad.reference.optimization;

import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.ejml.simple.SimpleMatrix;

/** Tensors that are the rows of a matrix, handled one by one. */
final class Rows {
    private Rows() {}

    /** The n > 0 rows, each computed from its number. */
    static SimpleMatrix of(int n, IntFunction<SimpleMatrix> row) {
        SimpleMatrix[] others = IntStream.range(1, n).mapToObj(row).toArray(SimpleMatrix[]::new);
        return row.apply(0).concatRows(others);
    }
}
