package org.goldgrad.reference.recurrent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/** A list of matrices, one for each time step: what is asked of it, and what is done with it as a whole. */
final class Sequence {
    private Sequence() {}

    /** Refuses an empty sequence, and one with a step of another shape; x_1 is the first step of x. */
    static void require(String name, String meaning, Shape shape, List<SimpleMatrix> sequence) {
        if (sequence.isEmpty()) {
            throw new IllegalArgumentException(name + " must have at least one time step");
        }
        requireEach(name, meaning, shape, sequence);
    }

    /** Refuses a sequence that is not as long as x, or has a step of another shape. */
    static void requireLikeX(int T, String name, String meaning, Shape shape, List<SimpleMatrix> sequence) {
        requireCount(T, "time steps like x", name, sequence);
        requireEach(name, meaning, shape, sequence);
    }

    /** Refuses a list of another length: {@code b must have 2 steps like W, has 1}. */
    static void requireCount(int count, String ofWhat, String name, List<?> list) {
        if (list.size() != count) {
            throw new IllegalArgumentException(name + " must have " + count + " " + ofWhat + ", has " + list.size());
        }
    }

    static void requireEach(String name, String meaning, Shape shape, List<SimpleMatrix> sequence) {
        for (int t = 0; t < sequence.size(); t++) {
            shape.require(name + "_" + (t + 1), meaning, sequence.get(t));
        }
    }

    static <E> E last(List<E> sequence) {
        return sequence.get(sequence.size() - 1);
    }

    /** The steps in the opposite order. */
    static List<SimpleMatrix> reversed(List<SimpleMatrix> sequence) {
        List<SimpleMatrix> reversed = new ArrayList<>(sequence);
        Collections.reverse(reversed);
        return List.copyOf(reversed);
    }

    /** T steps of zeros. */
    static List<SimpleMatrix> zeros(int T, Shape shape) {
        return Stream.generate(() -> new SimpleMatrix(shape.rows(), shape.columns()))
                .limit(T)
                .toList();
    }

    /** The sequence with A added to its last step. */
    static List<SimpleMatrix> plusAtEnd(List<SimpleMatrix> sequence, SimpleMatrix A) {
        List<SimpleMatrix> sum = new ArrayList<>(sequence);
        sum.set(sum.size() - 1, last(sequence).plus(A));
        return List.copyOf(sum);
    }

    /** The sums of two sequences, step by step. */
    static List<SimpleMatrix> plus(List<SimpleMatrix> sequence, List<SimpleMatrix> other) {
        List<SimpleMatrix> sum = new ArrayList<>();
        for (int t = 0; t < sequence.size(); t++) {
            sum.add(sequence.get(t).plus(other.get(t)));
        }
        return List.copyOf(sum);
    }
}
