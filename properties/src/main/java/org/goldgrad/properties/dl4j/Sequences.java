package org.goldgrad.properties.dl4j;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import java.util.Arrays;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.properties.nd4j.Nd4jArrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Sequences are time×batch×size for us and batch×size×time for Deeplearning4j. */
final class Sequences {
    private Sequences() {}

    static INDArray of(Array sequences) {
        return Nd4jArrays.of(sequences).permute(1, 2, 0).dup();
    }

    static Array copy(INDArray sequences) {
        return Nd4jArrays.copy(sequences.permute(2, 0, 1));
    }

    static INDArray zeros(long batch, long size, long time) {
        return Nd4j.zeros(DataType.DOUBLE, batch, size, time);
    }

    /** One step, batch×size; t counts from 0. */
    static INDArray step(INDArray sequences, long t) {
        return sequences.get(all(), all(), point(t)).dup();
    }

    /** Adds to one step, in place. */
    static void add(INDArray sequences, long t, INDArray step) {
        sequences.get(all(), all(), point(t)).addi(step);
    }

    /** Steps {@code from} to {@code to}, without the last. */
    static INDArray steps(INDArray sequences, long from, long to) {
        return sequences.get(all(), all(), interval(from, to)).dup();
    }

    /** Elements {@code from} to {@code to} of every step, without the last. */
    static INDArray part(INDArray sequences, long from, long to) {
        return sequences.get(all(), interval(from, to), all()).dup();
    }

    /** Some more elements in every step. */
    static INDArray beside(INDArray... sequences) {
        return Nd4j.concat(1, sequences);
    }

    static INDArray below(INDArray... matrices) {
        return Nd4j.concat(0, matrices);
    }

    /** Rows {@code from} to {@code to} of a matrix, without the last. */
    static INDArray rows(INDArray matrix, long from, long to) {
        return matrix.get(interval(from, to), all()).dup();
    }

    /** 1 in the steps of a sequence, 0 in its padding. */
    static INDArray mask(Array lengths, long time) {
        INDArray mask = Nd4j.zeros(DataType.DOUBLE, lengths.size(), time);
        for (int i = 0; i < lengths.size(); i++) {
            for (int t = 0; t < lengths.at(i); t++) {
                mask.putScalar(i, t, 1);
            }
        }
        return mask;
    }

    /** Entry i along the first axis, which goes. */
    static Array take(Array arrays, int i) {
        Array entry = arrays.take(0, i);
        return Array.of(Arrays.copyOfRange(entry.shape(), 1, entry.rank()), entry.elements());
    }
}
