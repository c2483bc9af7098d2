package org.goldgrad.analytic.arithmetic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * An immutable array of numbers in row-major order: rank 0 is a scalar, 1 a vector, 2 a matrix.
 *
 * @param <R> the number type
 */
public final class Tensor<R extends Real<R>> {
    private final Arithmetic<R> arithmetic;
    private final int[] shape;
    private final R[] elements;

    private Tensor(Arithmetic<R> arithmetic, int[] shape, R[] elements) {
        this.arithmetic = arithmetic;
        this.shape = shape;
        this.elements = elements;
    }

    /** A tensor of n₁×n₂×… elements, computed from their row-major positions. */
    public static <R extends Real<R>> Tensor<R> of(Arithmetic<R> arithmetic, int[] shape, IntFunction<R> element) {
        R[] elements = arithmetic.array(size(shape));
        Arrays.setAll(elements, element);
        return new Tensor<>(arithmetic, shape.clone(), elements);
    }

    public static <R extends Real<R>> Tensor<R> scalar(R value) {
        return vector(List.of(value)).reshape();
    }

    /** The vector of n > 0 numbers. */
    public static <R extends Real<R>> Tensor<R> vector(List<R> values) {
        return of(values.get(0).arithmetic(), new int[] {values.size()}, values::get);
    }

    /** Joins n > 0 tensors of one shape along a new first axis. */
    public static <R extends Real<R>> Tensor<R> stack(List<Tensor<R>> parts) {
        Tensor<R> first = parts.get(0);
        int n = first.size();
        int[] shape = new int[first.rank() + 1];
        shape[0] = parts.size();
        System.arraycopy(first.shape, 0, shape, 1, first.rank());
        for (Tensor<R> part : parts) {
            first.requireShapeOf(part, "stack");
        }
        return of(first.arithmetic, shape, i -> parts.get(i / n).elements[i % n]);
    }

    public Arithmetic<R> arithmetic() {
        return arithmetic;
    }

    public int rank() {
        return shape.length;
    }

    public int[] shape() {
        return shape.clone();
    }

    /** The length of an axis. */
    public int size(int axis) {
        return shape[axis];
    }

    /** The number of elements. */
    public int size() {
        return elements.length;
    }

    private static int size(int[] shape) {
        int size = 1;
        for (int length : shape) {
            size = Math.multiplyExact(size, length);
        }
        return size;
    }

    /** The element at a row-major position. */
    public R at(int position) {
        return elements[position];
    }

    /** The element with these indices. */
    public R get(int... index) {
        int position = 0;
        for (int axis = 0; axis < index.length; axis++) {
            Objects.checkIndex(index[axis], shape[axis]);
            position = position * shape[axis] + index[axis];
        }
        return elements[position];
    }

    /** The only element of a scalar. */
    public R value() {
        if (elements.length != 1) {
            throw new IllegalArgumentException("not a scalar but " + describe());
        }
        return elements[0];
    }

    /** All elements, row-major; a copy. */
    public R[] elements() {
        return elements.clone();
    }

    /** The i-th part along the first axis: a row of a matrix, a time step of a sequence. */
    public Tensor<R> slice(int i) {
        int[] rest = Arrays.copyOfRange(shape, 1, shape.length);
        int n = size(rest);
        return new Tensor<>(arithmetic, rest, Arrays.copyOfRange(elements, i * n, (i + 1) * n));
    }

    /** All parts along the first axis. */
    public List<Tensor<R>> slices() {
        List<Tensor<R>> slices = new ArrayList<>(shape[0]);
        for (int i = 0; i < shape[0]; i++) {
            slices.add(slice(i));
        }
        return Collections.unmodifiableList(slices);
    }

    public Tensor<R> reshape(int... newShape) {
        if (size(newShape) != elements.length) {
            throw new IllegalArgumentException("cannot reshape " + describe() + " to " + describe(newShape));
        }
        return new Tensor<>(arithmetic, newShape.clone(), elements);
    }

    /** The tensor whose axis i is this one's axis order[i]; no arguments reverse all axes. */
    public Tensor<R> transpose(int... order) {
        int[] axes = order.length > 0 || rank() == 0 ? order : reversedAxes();
        int[] newShape = new int[axes.length];
        int[] steps = new int[axes.length]; // between neighbours along each new axis, in these elements
        for (int i = 0; i < axes.length; i++) {
            newShape[i] = shape[axes[i]];
            steps[i] = size(Arrays.copyOfRange(shape, axes[i] + 1, rank()));
        }
        return of(arithmetic, newShape, position -> {
            int from = 0;
            int rest = position;
            for (int i = axes.length - 1; i >= 0; i--) {
                from += rest % newShape[i] * steps[i];
                rest /= newShape[i];
            }
            return elements[from];
        });
    }

    private int[] reversedAxes() {
        int[] axes = new int[rank()];
        Arrays.setAll(axes, i -> rank() - 1 - i);
        return axes;
    }

    public Tensor<R> map(UnaryOperator<R> f) {
        return of(arithmetic, shape, i -> f.apply(elements[i]));
    }

    /** f of each pair of elements; the other tensor has this shape, or that of this one's last axes, repeated. */
    public Tensor<R> zip(Tensor<R> that, BinaryOperator<R> f) {
        int lead = rank() - that.rank();
        if (lead < 0 || !Arrays.equals(shape, lead, rank(), that.shape, 0, that.rank())) {
            throw new IllegalArgumentException("cannot combine " + describe() + " with " + that.describe());
        }
        int n = that.size();
        return of(arithmetic, shape, i -> f.apply(elements[i], that.elements[i % n]));
    }

    public Tensor<R> plus(Tensor<R> that) {
        return zip(that, R::plus);
    }

    public Tensor<R> minus(Tensor<R> that) {
        return zip(that, R::minus);
    }

    /** The elementwise product. */
    public Tensor<R> times(Tensor<R> that) {
        return zip(that, R::times);
    }

    public Tensor<R> dividedBy(Tensor<R> that) {
        return zip(that, R::dividedBy);
    }

    public Tensor<R> times(R c) {
        return map(x -> x.times(c));
    }

    /** The matrix product: n×k by k×m. */
    public Tensor<R> matmul(Tensor<R> that) {
        if (rank() != 2 || that.rank() != 2 || shape[1] != that.shape[0]) {
            throw new IllegalArgumentException("cannot multiply " + describe() + " by " + that.describe());
        }
        List<Tensor<R>> rows = slices();
        List<Tensor<R>> columns = that.transpose().slices();
        int m = columns.size();
        return of(
                arithmetic,
                new int[] {rows.size(), m},
                i -> arithmetic.dot(rows.get(i / m).elements, columns.get(i % m).elements));
    }

    /** The sum of all elements. */
    public R sum() {
        return arithmetic.sum(elements);
    }

    /** The sum of elementwise products with a tensor of the same shape. */
    public R dot(Tensor<R> that) {
        requireShapeOf(that, "take the inner product of");
        return arithmetic.dot(elements, that.elements);
    }

    private void requireShapeOf(Tensor<R> that, String verb) {
        if (!Arrays.equals(shape, that.shape)) {
            throw new IllegalArgumentException("cannot " + verb + " " + describe() + " and " + that.describe());
        }
    }

    private String describe() {
        return describe(shape);
    }

    /** A shape as people write it: 2×3, or scalar. */
    public static String describe(int[] shape) {
        if (shape.length == 0) {
            return "scalar";
        }
        StringBuilder text = new StringBuilder(shape.length == 1 ? "length " : "");
        for (int axis = 0; axis < shape.length; axis++) {
            text.append(axis == 0 ? "" : "×").append(shape[axis]);
        }
        return text.toString();
    }
}
