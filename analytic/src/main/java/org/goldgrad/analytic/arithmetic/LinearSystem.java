package org.goldgrad.analytic.arithmetic;

import java.util.ArrayList;
import java.util.List;

/**
 * The solution of Ax = b, with a proof where the arithmetic encloses.
 *
 * <p>Gaussian elimination with partial pivoting gives x̃ and an approximate inverse C. With E = I − CA and ‖E‖∞ < 1, A is
 * regular and (Rump 1983; Krawczyk 1969)
 *
 * <pre>
 *   x − x̃ = A⁻¹(b − Ax̃) = (I − E)⁻¹ C(b − Ax̃)     so     ‖x − x̃‖∞ ≤ ‖C(b − Ax̃)‖∞ / (1 − ‖E‖∞)
 *   A  n×n        b, x  n
 * </pre>
 */
public final class LinearSystem {
    private LinearSystem() {}

    /**
     * The x with Ax = b.
     *
     * @throws ArithmeticException if a pivot is zero: A is singular, or too near to it for this arithmetic
     */
    public static <R extends Real<R>> Tensor<R> solve(Tensor<R> A, Tensor<R> b) {
        Arithmetic<R> arithmetic = A.arithmetic();
        int n = b.size();
        Tensor<R> middle = A.map(arithmetic::midpoint);
        Tensor<R> x = eliminate(middle, b.map(arithmetic::midpoint).reshape(n, 1));
        if (!arithmetic.encloses()) {
            return x.reshape(n);
        }
        Tensor<R> identity = identity(arithmetic, n);
        x = x.map(arithmetic::midpoint);
        Tensor<R> C = eliminate(middle, identity).map(arithmetic::midpoint);
        Tensor<R> residual = C.matmul(b.reshape(n, 1).minus(A.matmul(x)));
        R rest = arithmetic.one().minus(norm(identity.minus(C.matmul(A))));
        R radius = norm(residual).dividedBy(rest.relu());
        return x.reshape(n).map(xi -> arithmetic.within(xi, radius));
    }

    /** The identity matrix. */
    static <R extends Real<R>> Tensor<R> identity(Arithmetic<R> arithmetic, int n) {
        return Tensor.of(arithmetic, new int[] {n, n}, i -> arithmetic.of(i / n == i % n ? 1 : 0));
    }

    /** ‖M‖∞, the largest row sum of magnitudes. */
    private static <R extends Real<R>> R norm(Tensor<R> M) {
        return M.slices().stream()
                .map(row -> row.map(R::abs).sum())
                .reduce(M.arithmetic().zero(), R::max);
    }

    /** X with AX = B, by elimination on the rows of [A B]. */
    private static <R extends Real<R>> Tensor<R> eliminate(Tensor<R> A, Tensor<R> B) {
        int n = A.size(0);
        List<R[]> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            R[] row = A.arithmetic().array(n + B.size(1));
            System.arraycopy(A.slice(i).elements(), 0, row, 0, n);
            System.arraycopy(B.slice(i).elements(), 0, row, n, B.size(1));
            rows.add(row);
        }
        for (int column = 0; column < n; column++) {
            pivot(rows, column);
            R[] pivot = rows.get(column);
            for (int i = column + 1; i < n; i++) {
                subtract(rows.get(i), rows.get(i)[column].dividedBy(pivot[column]), pivot, column);
            }
        }
        for (int column = n - 1; column >= 0; column--) {
            R[] pivot = rows.get(column);
            for (int j = n; j < pivot.length; j++) {
                pivot[j] = pivot[j].dividedBy(pivot[column]);
                for (int i = 0; i < column; i++) {
                    rows.get(i)[j] = rows.get(i)[j].minus(rows.get(i)[column].times(pivot[j]));
                }
            }
        }
        int m = B.size(1);
        return Tensor.of(A.arithmetic(), new int[] {n, m}, i -> rows.get(i / m)[n + i % m]);
    }

    /** row ← row − factor·pivot, right of a column. */
    private static <R extends Real<R>> void subtract(R[] row, R factor, R[] pivot, int column) {
        for (int j = column + 1; j < row.length; j++) {
            row[j] = row[j].minus(factor.times(pivot[j]));
        }
    }

    /** Brings the largest entry of a column, at or below the diagonal, to the diagonal. */
    private static <R extends Real<R>> void pivot(List<R[]> rows, int column) {
        int largest = column;
        for (int i = column + 1; i < rows.size(); i++) {
            if (larger(rows.get(i)[column], rows.get(largest)[column])) {
                largest = i;
            }
        }
        if (!larger(
                rows.get(largest)[column],
                rows.get(largest)[column].arithmetic().zero())) {
            throw new ArithmeticException("the linear system is singular: no unique solution");
        }
        R[] row = rows.get(largest);
        rows.set(largest, rows.get(column));
        rows.set(column, row);
    }

    /** |x| > |y|, in the arithmetic itself: doubles would take tiny numbers for zero. */
    private static <R extends Real<R>> boolean larger(R x, R y) {
        return x.abs().minus(y.abs()).positive().doubleValue() > 0;
    }
}
