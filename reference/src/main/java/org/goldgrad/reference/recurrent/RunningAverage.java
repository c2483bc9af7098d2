package org.goldgrad.reference.recurrent;

import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * The averages of a sequence so far, which a recurrent network is set to learn.
 *
 * <pre>
 *   s_t = s_{t−1} + x_t     y_t = s_t/t     last = y_T     s_0 = 0, t = 1 … T
 *
 *   x, y  T×batch (row t is step t)         last  batch×1
 * </pre>
 *
 * EECS 182, homework 8, question 2(c).
 *
 * @param y the averages of the first t numbers of each sequence, T×batch
 * @param last the average of all T, batch×1
 */
public record RunningAverage(SimpleMatrix y, SimpleMatrix last) {

    /** The averages of the columns of x (T×batch, T ≥ 1). */
    public static RunningAverage of(SimpleMatrix x) {
        int T = x.getNumRows();
        if (T == 0) {
            throw new IllegalArgumentException("x must be T×batch with T ≥ 1, is " + Shape.of(x));
        }
        SimpleMatrix y = x.createLike();
        SimpleMatrix s = new SimpleMatrix(1, x.getNumCols());
        for (int t = 1; t <= T; t++) {
            s = s.plus(x.getRow(t - 1));
            y.setRow(t - 1, s.divide(t));
        }
        return new RunningAverage(y, y.getRow(T - 1).transpose());
    }
}
