package org.goldgrad.analytic.definition;

import java.util.Arrays;
import java.util.StringJoiner;
import org.goldgrad.analytic.arithmetic.Tensor;

/**
 * An immutable array of doubles in row-major order: the last index runs fastest.
 *
 * <pre>{@code
 * Array.matrix(new double[][] {{1, 2, 3}, {4, 5, 6}})         // 2×3
 * Array.of(new int[] {2, 3}, 1, 2, 3, 4, 5, 6)                // the same
 * array.elements()[i * array.size(1) + j]                     // its element i, j
 * }</pre>
 */
public final class Array {
    private final int[] shape;
    private final double[] elements;

    private Array(int[] shape, double[] elements) {
        this.shape = shape;
        this.elements = elements;
    }

    /**
     * An array of any rank from its elements, row-major.
     *
     * @throws IllegalArgumentException unless the product of all sizes is the number of elements
     */
    public static Array of(int[] shape, double... elements) {
        int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (size != elements.length) {
            throw new IllegalArgumentException(
                    "a " + Tensor.describe(shape) + " array has " + size + " elements, not " + elements.length);
        }
        return new Array(shape.clone(), elements.clone());
    }

    /** An array of rank 0, as settings are. */
    public static Array scalar(double value) {
        return new Array(new int[0], new double[] {value});
    }

    /** An array of rank 1. */
    public static Array vector(double... elements) {
        return new Array(new int[] {elements.length}, elements.clone());
    }

    /** An array of rank 2, at least one row of one length. */
    public static Array matrix(double[]... rows) {
        int[] shape = {rows.length, rows[0].length};
        for (double[] row : rows) {
            if (row.length != shape[1]) {
                throw new IllegalArgumentException(
                        "the rows of a matrix must have one length, got " + shape[1] + " and " + row.length);
            }
        }
        return of(shape, Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray());
    }

    /** The doubles nearest to a tensor's numbers. */
    public static Array nearest(Tensor<?> tensor) {
        double[] elements = new double[tensor.size()];
        Arrays.setAll(elements, i -> tensor.at(i).doubleValue());
        return new Array(tensor.shape(), elements);
    }

    /** The length of every axis; a copy. */
    public int[] shape() {
        return shape.clone();
    }

    /** The number of axes. */
    public int rank() {
        return shape.length;
    }

    /** The length of an axis. */
    public int size(int axis) {
        return shape[axis];
    }

    /** The number of elements. */
    public int size() {
        return elements.length;
    }

    /** The element at a row-major position. */
    public double at(int position) {
        return elements[position];
    }

    /** All elements, row-major; a copy. */
    public double[] elements() {
        return elements.clone();
    }

    /** The only element of a scalar. */
    public double value() {
        if (elements.length != 1) {
            throw new IllegalArgumentException("not a scalar but " + Tensor.describe(shape));
        }
        return elements[0];
    }

    /** The array whose i-th part along an axis is this one's part indices[i]. */
    public Array take(int axis, int... indices) {
        int[] taken = shape.clone();
        taken[axis] = indices.length;
        int block = Arrays.stream(shape).skip(axis + 1L).reduce(1, (a, b) -> a * b);
        double[] result = new double[elements.length / shape[axis] * indices.length];
        for (int i = 0; i < result.length; i++) {
            int outer = i / (block * indices.length);
            int from = indices[i / block % indices.length];
            result[i] = elements[(outer * shape[axis] + from) * block + i % block];
        }
        return new Array(taken, result);
    }

    /** The same shape with one element replaced. */
    public Array with(int position, double element) {
        double[] changed = elements.clone();
        changed[position] = element;
        return new Array(shape, changed);
    }

    /** The same shape with f of every element. */
    public Array map(java.util.function.DoubleUnaryOperator f) {
        return new Array(shape, Arrays.stream(elements).map(f).toArray());
    }

    /** The indices of a row-major position, as people write them: [1,0,2]. */
    public String index(int position) {
        StringJoiner text = new StringJoiner(",", "[", "]");
        int rest = position;
        int block = elements.length;
        for (int length : shape) {
            block /= length;
            text.add(Integer.toString(rest / block));
            rest %= block;
        }
        return text.toString();
    }

    /** Equal shape and equal bits. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Array that
                && Arrays.equals(shape, that.shape)
                && Arrays.equals(elements, that.elements);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(elements);
    }

    /** Nested lists of the elements, as one line: [[1.5,-2],[0,1]]. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        append(text, 0, 0, elements.length);
        return text.toString();
    }

    private void append(StringBuilder text, int axis, int from, int to) {
        if (axis == shape.length) {
            double x = elements[from];
            boolean whole = x == Math.rint(x) && Math.abs(x) < 1e15 && !(x == 0 && 1 / x < 0);
            text.append(whole ? Long.toString((long) x) : Double.toString(x));
            return;
        }
        int block = shape[axis] == 0 ? 0 : (to - from) / shape[axis];
        text.append('[');
        for (int i = 0; i < shape[axis]; i++) {
            text.append(i == 0 ? "" : ",");
            append(text, axis + 1, from + i * block, from + (i + 1) * block);
        }
        text.append(']');
    }
}
