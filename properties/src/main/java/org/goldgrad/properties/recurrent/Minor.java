package org.goldgrad.properties.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.properties.operation.Subject.Measured;

/**
 * A determinant of some rows and columns of a measured square matrix M, whose entries may be off by E.
 *
 * <pre>
 *   det = Σ ± products of one entry from each row and column      perm  the same without signs
 *   |det M − det of the truth| ≤ perm(|M| + 2E) − perm(|M| + E)
 * </pre>
 */
record Minor(double value, double allowed) {
    static Minor of(Measured answer, String output, int[] rows, int[] columns) {
        Array M = answer.array(output);
        int n = M.size(1);
        int k = rows.length;
        double[][] entries = new double[k][k];
        double[][] once = new double[k][k];
        double[][] twice = new double[k][k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                int at = rows[i] * n + columns[j];
                entries[i][j] = M.at(at);
                once[i][j] = Math.abs(M.at(at)) + answer.allowed(output, at);
                twice[i][j] = once[i][j] + answer.allowed(output, at);
            }
        }
        return new Minor(
                expand(entries, -1).doubleValue(),
                expand(twice, 1).minus(expand(once, 1)).doubleValue());
    }

    /** Along the first row, with these signs for every other column: −1 gives the determinant, 1 the permanent. */
    private static DoubleDouble expand(double[][] M, int sign) {
        if (M.length == 1) {
            return DoubleDouble.of(M[0][0]);
        }
        DoubleDouble sum = DoubleDouble.ARITHMETIC.zero();
        for (int j = 0; j < M.length; j++) {
            DoubleDouble term = expand(without(M, j), sign).times(M[0][j]);
            sum = sum.plus(j % 2 == 0 ? term : term.times(sign));
        }
        return sum;
    }

    /** The rows below the first, without a column. */
    private static double[][] without(double[][] M, int column) {
        int k = M.length - 1;
        double[][] rest = new double[k][k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                rest[i][j] = M[i + 1][j < column ? j : j + 1];
            }
        }
        return rest;
    }

    /** All ascending choices of k of the numbers 0 … n − 1. */
    static List<int[]> subsets(int n, int k) {
        List<int[]> subsets = new ArrayList<>();
        for (int bits = 0; bits < 1 << n; bits++) {
            if (Integer.bitCount(bits) == k) {
                int chosen = bits;
                subsets.add(IntStream.range(0, n)
                        .filter(i -> (chosen >> i & 1) == 1)
                        .toArray());
            }
        }
        return subsets;
    }
}
