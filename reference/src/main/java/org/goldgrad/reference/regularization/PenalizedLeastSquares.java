package org.goldgrad.reference.regularization;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * The minimizer of ‖y − Xw‖² + ‖Dw‖² for a diagonal D, found without forming XᵀX.
 *
 * <pre>
 *   ‖y − Xw‖² + ‖Dw‖² = ‖c − Aw‖²      A = [D; X],  c = [0; y]      one least-squares problem
 *   A = QR,   Rw = Qᵀc
 *
 *   X  m×n     y  m     D  n×n     A  (n+m)×n     Q  (n+m)×n, orthonormal columns     R  n×n, upper triangular
 * </pre>
 *
 * The order of the two blocks matters: Householder's reflections lose the digits of a small block above a large one
 * (Powell and Reid 1969). Median error of ridge regression on random X with entries up to 1, in units roundoff: 7×4,
 * λ = 10¹²: 10⁶ with X on top, 6 with D; 3×5, λ = 10⁻¹²: 33 with X on top, 4·10⁶ with D. So X goes on top where D is
 * nowhere the larger in its column. Sorting all rows by size would do as well, but blocks keep the zeros of D, so that
 * a weight which is exactly 0, because its column of X is, comes out as 0.
 */
final class PenalizedLeastSquares {
    private static final double UNIT_ROUNDOFF = 0x1p-53;

    private PenalizedLeastSquares() {}

    /**
     * The one w (n×1) that minimizes the sum; NaN where X or d is not finite.
     *
     * @param d the diagonal of D, n×1, nowhere negative
     * @throws IllegalArgumentException if more than one w does
     */
    static SimpleMatrix minimizer(SimpleMatrix X, SimpleMatrix y, SimpleMatrix d) {
        int m = X.getNumRows();
        int n = X.getNumCols();
        new Shape(m, 1).require("y", "samples×1", y);
        if (X.hasUncountable() || d.hasUncountable()) {
            return SimpleMatrix.filled(n, 1, Double.NaN);
        }
        SimpleMatrix D = d.toDiagonal();
        SimpleMatrix zeros = new SimpleMatrix(n, 1);
        boolean dataFirst = isSmaller(d, X);
        SimpleMatrix A = dataFirst ? X.concatRows(D) : D.concatRows(X);
        SimpleMatrix c = dataFirst ? y.concatRows(zeros) : zeros.concatRows(y);
        QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(n + m, n);
        qr.decompose(A.getDDRM());
        SimpleMatrix Q = SimpleMatrix.wrap(qr.getQ(null, true));
        SimpleMatrix R = SimpleMatrix.wrap(qr.getR(null, true));
        requireFullRank(R, n + m);
        SimpleMatrix w = Q.transpose().mult(c);
        TriangularSolver_DDRM.solveU(R.getDDRM().getData(), w.getDDRM().getData(), n);
        return w;
    }

    /** Whether D is in no column larger than X. */
    private static boolean isSmaller(SimpleMatrix d, SimpleMatrix X) {
        for (int j = 0; j < X.getNumCols(); j++) {
            if (d.get(j) > X.getColumn(j).elementMaxAbs()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Refuses R where it cannot be told from a singular one. With its columns scaled to length 1 it is the exact factor
     * of a matrix whose columns were moved by at most rnu, r rows, u the unit roundoff (Higham 2002, theorem 19.4, its
     * constant taken as 1), so a smallest singular value up to rnu√n may stand for 0.
     */
    private static void requireFullRank(SimpleMatrix R, int rows) {
        int n = R.getNumCols();
        SimpleMatrix scaled = R.createLike();
        for (int j = 0; j < n; j++) {
            double length = R.getColumn(j).normF();
            if (length == 0) {
                throw new IllegalArgumentException(
                        "the solution is not unique: column " + (j + 1) + " of X is zero and its weight costs nothing");
            }
            scaled.insertIntoThis(0, j, R.getColumn(j).divide(length));
        }
        double smallest = scaled.svd().getSingleValue(n - 1);
        if (smallest <= rows * n * UNIT_ROUNDOFF * Math.sqrt(n)) {
            throw new IllegalArgumentException(
                    "the solution is not unique: the columns of X are linearly dependent, and"
                            + " no penalty decides between the weights (smallest singular value " + smallest
                            + " with columns scaled to length 1)");
        }
    }
}
