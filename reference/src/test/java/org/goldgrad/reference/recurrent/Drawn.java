package org.goldgrad.reference.recurrent;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.simple.SimpleMatrix;

/** Matrices drawn uniformly from [−1, 1], the same in every run. */
final class Drawn {
    private final Random random = new Random(182);

    SimpleMatrix matrix(int rows, int columns) {
        return SimpleMatrix.random_DDRM(rows, columns, -1, 1, random);
    }

    List<SimpleMatrix> sequence(int T, int rows, int columns) {
        return Stream.generate(() -> matrix(rows, columns)).limit(T).toList();
    }
}
