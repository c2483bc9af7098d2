package org.goldgrad.properties.optimization;

import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;

/** Matrices that a Fisher metric is confused with, or made into. */
final class Matrices {
    private Matrices() {}

    /** (1/n) Xᵀ diag(w) X. */
    static <R extends Real<R>> Tensor<R> weighted(Tensor<R> X, Tensor<R> w) {
        int features = X.size(1);
        int n = X.size(0);
        Tensor<R> scaled = Tensor.of(X.arithmetic(), X.shape(), e -> X.at(e).times(w.at(e / features)));
        return X.transpose().matmul(scaled).map(x -> x.dividedBy(n));
    }

    /** The diagonal of a matrix, zeros elsewhere. */
    static <R extends Real<R>> Tensor<R> diagonal(Tensor<R> A) {
        int n = A.size(0);
        return Tensor.of(
                A.arithmetic(),
                A.shape(),
                e -> e / n == e % n ? A.at(e) : A.arithmetic().zero());
    }

    /** A + λI. */
    static <R extends Real<R>> Tensor<R> damped(Tensor<R> A, R lambda) {
        int n = A.size(0);
        return Tensor.of(
                A.arithmetic(), A.shape(), e -> e / n == e % n ? A.at(e).plus(lambda) : A.at(e));
    }
}
