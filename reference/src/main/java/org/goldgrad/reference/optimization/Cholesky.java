package org.goldgrad.reference.optimization;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.ejml.simple.SimpleMatrix;

/** Solves Ax = b for a positive definite A (n×n), which it factors as RᵀR once for every b. */
final class Cholesky {
    private final LinearSolverDense<DMatrixRMaj> solver;

    private Cholesky(LinearSolverDense<DMatrixRMaj> solver) {
        this.solver = solver;
    }

    /**
     * The factored matrix.
     *
     * @throws IllegalArgumentException if A is not positive definite, as far as doubles can tell
     */
    static Cholesky of(SimpleMatrix A) {
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(A.getNumRows());
        DMatrixRMaj copy = A.getDDRM().copy(); // the solver keeps it
        if (!solver.setA(copy)) {
            throw new IllegalArgumentException("the metric is singular: no step is steepest in it");
        }
        return new Cholesky(solver);
    }

    SimpleMatrix solve(SimpleMatrix b) {
        SimpleMatrix x = b.createLike();
        solver.solve(b.getDDRM().copy(), x.getDDRM());
        return x;
    }
}
