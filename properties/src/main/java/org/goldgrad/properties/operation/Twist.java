package org.goldgrad.properties.operation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;

/** Small changes around a right definition: the shortest way to write a mistake down. */
public final class Twist {
    private Twist() {}

    /** A change of one tensor, whatever its numbers are. */
    @FunctionalInterface
    public interface Change {
        <R extends Real<R>> Tensor<R> of(Tensor<R> tensor);
    }

    /** The definition, asked with an input changed. */
    public static Definition input(Definition right, String name, Change change) {
        return new Definition() {
            @Override
            public <R extends Real<R>> Answer<R> of(Question<R> q) {
                return right.of(q.with(name, change.of(q.tensor(name))));
            }
        };
    }

    /** The definition, asked with two inputs of one shape exchanged. */
    public static Definition swapped(Definition right, String a, String b) {
        return new Definition() {
            @Override
            public <R extends Real<R>> Answer<R> of(Question<R> q) {
                return right.of(q.with(a, q.tensor(b)).with(b, q.tensor(a)));
            }
        };
    }

    /** The definition, asked with these integers in place of its own, each by the name of the one that it becomes. */
    public static Definition integers(Definition right, Map<String, String> become) {
        return new Definition() {
            @Override
            public <R extends Real<R>> Answer<R> of(Question<R> q) {
                Question<R> asked = q;
                for (Map.Entry<String, String> each : become.entrySet()) {
                    String other = each.getValue();
                    asked = asked.withInteger(each.getKey(), other.equals("1") ? 1 : q.integer(other));
                }
                return right.of(asked);
            }
        };
    }

    /** The definition under another choice of a convention. */
    public static Definition convention(Definition right, String convention, String choice) {
        return new Definition() {
            @Override
            public <R extends Real<R>> Answer<R> of(Question<R> q) {
                return right.of(q.withConvention(convention, choice));
            }
        };
    }

    /** The definition with an output changed. */
    public static Definition output(Definition right, String name, Change change) {
        return new Definition() {
            @Override
            public <R extends Real<R>> Answer<R> of(Question<R> q) {
                return right.of(q).changing(name, change::of);
            }
        };
    }

    /** The definition, asked with a scalar multiplied by the length of another input's first axis. */
    public static Definition scaledBySize(Definition right, String scalar, String other) {
        return new Definition() {
            @Override
            public <R extends Real<R>> Answer<R> of(Question<R> q) {
                int n = q.tensor(other).size(0);
                return right.of(q.with(scalar, q.tensor(scalar).map(x -> x.times(n))));
            }
        };
    }

    public static Change zero() {
        return scaled(0);
    }

    public static Change scaled(double c) {
        return new Change() {
            @Override
            public <R extends Real<R>> Tensor<R> of(Tensor<R> tensor) {
                return tensor.map(x -> x.times(c));
            }
        };
    }

    public static Change squared() {
        return new Change() {
            @Override
            public <R extends Real<R>> Tensor<R> of(Tensor<R> tensor) {
                return tensor.times(tensor);
            }
        };
    }

    /** Every x becomes c. */
    public static Change constant(double c) {
        return new Change() {
            @Override
            public <R extends Real<R>> Tensor<R> of(Tensor<R> tensor) {
                return tensor.map(x -> x.arithmetic().of(c));
            }
        };
    }

    /** Every x becomes 1 − x. */
    public static Change complement() {
        return new Change() {
            @Override
            public <R extends Real<R>> Tensor<R> of(Tensor<R> tensor) {
                return tensor.map(x -> x.arithmetic().one().minus(x));
            }
        };
    }

    /** The first axis, run backwards. */
    public static Change reversed() {
        return new Change() {
            @Override
            public <R extends Real<R>> Tensor<R> of(Tensor<R> tensor) {
                List<Tensor<R>> parts = new ArrayList<>(tensor.slices());
                Collections.reverse(parts);
                return Tensor.stack(parts);
            }
        };
    }

    /** Only the last part along the first axis, zero before. */
    public static Change lastOnly() {
        return new Change() {
            @Override
            public <R extends Real<R>> Tensor<R> of(Tensor<R> tensor) {
                List<Tensor<R>> parts = new ArrayList<>();
                tensor.slices().forEach(part -> parts.add(Twist.scaled(0).of(part)));
                parts.set(parts.size() - 1, tensor.slice(tensor.size(0) - 1));
                return Tensor.stack(parts);
            }
        };
    }

    /** A matrix m×n whose elements somebody stored column by column, read row by row. */
    public static Change storedByColumns() {
        return new Change() {
            @Override
            public <R extends Real<R>> Tensor<R> of(Tensor<R> tensor) {
                int n = tensor.size() / tensor.size(0);
                return tensor.reshape(n, tensor.size(0)).transpose().reshape(tensor.shape());
            }
        };
    }

    /** The first two axes taken for each other in memory: time×batch read as batch×time. */
    public static Change leadingAxesSwapped() {
        return new Change() {
            @Override
            public <R extends Real<R>> Tensor<R> of(Tensor<R> tensor) {
                int[] shape = tensor.shape();
                int m = shape[0];
                int n = shape[1];
                int[] read = {n, m, tensor.size() / (m * n)};
                return tensor.reshape(read).transpose(1, 0, 2).reshape(shape);
            }
        };
    }

    /** The axes in another order; the shape must allow it. */
    public static Change transposed(int... order) {
        return new Change() {
            @Override
            public <R extends Real<R>> Tensor<R> of(Tensor<R> tensor) {
                return tensor.transpose(order);
            }
        };
    }
}
