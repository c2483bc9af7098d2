package org.goldgrad.properties.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.analytic.definition.Array;

/** Arrays as the matrices of the reference implementations, and back. */
public final class Ejml {
    private Ejml() {}

    /** A scalar as 1×1, a vector as a column, a matrix as itself. */
    public static SimpleMatrix matrix(Array array) {
        int rows = array.rank() == 0 ? 1 : array.size(0);
        return matrix(array, rows, array.size() / rows);
    }

    /** The same elements, row by row, as rows×columns. */
    public static SimpleMatrix matrix(Array array, int rows, int columns) {
        return new SimpleMatrix(rows, columns, true, array.elements());
    }

    /** A vector as a row; an array of higher rank as one row of all its elements. */
    public static SimpleMatrix row(Array array) {
        return matrix(array, 1, array.size());
    }

    /** The parts along the first axis, each as a row. */
    public static List<SimpleMatrix> rows(Array array) {
        int n = array.size(0);
        return slices(Array.of(new int[] {n, 1, array.size() / n}, array.elements()));
    }

    /** The first axis down, all others across: packed weights. */
    public static SimpleMatrix packed(Array array) {
        return matrix(array, array.size(0), array.size() / array.size(0));
    }

    /** The parts along the first axis, each packed. */
    public static List<SimpleMatrix> packedSlices(Array array) {
        return slices(Array.of(
                new int[] {array.size(0), array.size(1), array.size() / array.size(0) / array.size(1)},
                array.elements()));
    }

    /** The elements of an array of integers. */
    public static List<Integer> integers(Array array) {
        return Arrays.stream(array.elements()).mapToObj(x -> (int) x).toList();
    }

    /** The parts along the first axis, each as a matrix. */
    public static List<SimpleMatrix> slices(Array array) {
        int n = array.size() / array.size(0);
        int rows = array.size(1);
        List<SimpleMatrix> slices = new ArrayList<>();
        for (int i = 0; i < array.size(0); i++) {
            double[] part = Arrays.copyOfRange(array.elements(), i * n, (i + 1) * n);
            slices.add(new SimpleMatrix(rows, n / rows, true, part));
        }
        return slices;
    }

    /** The elements of a matrix, row by row, in another shape. */
    public static Array array(SimpleMatrix matrix, int... shape) {
        return array(List.of(matrix), shape);
    }

    /** The elements of matrices, one after another, row by row, in a shape. */
    public static Array array(List<SimpleMatrix> matrices, int... shape) {
        double[] elements = new double
                [matrices.stream().mapToInt(SimpleMatrix::getNumElements).sum()];
        int at = 0;
        for (SimpleMatrix matrix : matrices) {
            for (int i = 0; i < matrix.getNumElements(); i++) {
                elements[at++] = matrix.get(i);
            }
        }
        return Array.of(shape, elements);
    }
}
