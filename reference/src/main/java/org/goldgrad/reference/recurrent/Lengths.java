package org.goldgrad.reference.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.ejml.simple.SimpleMatrix;

/**
 * How long each sequence of a padded batch really is.
 *
 * <pre>
 *   row r of step t is step t of sequence r for t ≤ ℓ_r, and padding for t > ℓ_r          1 ≤ ℓ_r ≤ T
 * </pre>
 *
 * Padding is never read, so that not even NaN leaks out of it, and is written as 0.
 */
record Lengths(List<Integer> lengths, int T) {

    /** Refuses lengths that are not one for each sequence of the batch, from 1 to T. */
    static Lengths of(List<Integer> lengths, int batch, int T) {
        Sequence.requireCount(batch, "entries, one for each sequence of the batch", "lengths", lengths);
        if (batch == 0) {
            throw new IllegalArgumentException("lengths must have at least one entry");
        }
        for (int length : lengths) {
            if (length < 1 || length > T) {
                throw new IllegalArgumentException("lengths must be from 1 to time = " + T + ", one is " + length);
            }
        }
        return new Lengths(List.copyOf(lengths), T);
    }

    int batch() {
        return lengths.size();
    }

    /** Sequence r alone: ℓ_r steps of one row. */
    List<SimpleMatrix> sequence(int r, List<SimpleMatrix> padded) {
        return padded.stream().limit(lengths.get(r)).map(step -> step.getRow(r)).toList();
    }

    /** The padded batch of which the function gives sequence r alone; the inverse of {@link #sequence}. */
    List<SimpleMatrix> padded(IntFunction<List<SimpleMatrix>> sequence) {
        int columns = sequence.apply(0).get(0).getNumCols();
        List<SimpleMatrix> padded = new ArrayList<>();
        for (int t = 0; t < T; t++) {
            SimpleMatrix step = new SimpleMatrix(batch(), columns);
            for (int r = 0; r < batch(); r++) {
                if (t < lengths.get(r)) {
                    step.insertIntoThis(r, 0, sequence.apply(r).get(t));
                }
            }
            padded.add(step);
        }
        return List.copyOf(padded);
    }

    /** The batch×n matrix of which the function gives row r. */
    SimpleMatrix stacked(IntFunction<SimpleMatrix> row) {
        SimpleMatrix first = row.apply(0);
        return first.concatRows(IntStream.range(1, batch()).mapToObj(row).toArray(SimpleMatrix[]::new));
    }

    /** Every sequence in the opposite order, from its own end to its beginning. */
    List<SimpleMatrix> reversed(List<SimpleMatrix> padded) {
        List<List<SimpleMatrix>> reversed = IntStream.range(0, batch())
                .mapToObj(r -> Sequence.reversed(sequence(r, padded)))
                .toList();
        return padded(reversed::get);
    }
}
