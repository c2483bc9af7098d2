package org.goldgrad.analytic.autoencoder;

import org.goldgrad.analytic.arithmetic.Arithmetic;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Spectrum;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Question;

/**
 * Principal components: the spectrum of the covariance and the projector onto its k largest directions.
 *
 * <pre>
 *   S = X̄X̄ᵀ/n  (or /(n−1))     X̄ = X − its mean column     S = Σ sᵢuᵢuᵢᵀ, s₁ ≥ s₂ ≥ …     projector = Σ_{i≤k} uᵢuᵢᵀ
 *   X  features×samples, columns are samples     eigenvalues  features     projector  features×features
 *   1 ≤ k &lt; features, n = samples ≥ 2, s_k > s_{k+1}
 * </pre>
 *
 * <p>The projector, not the eigenvectors: only it is unique (Pearson 1901; Hotelling 1933).
 */
public final class Pca {
    private Pca() {}

    public static <R extends Real<R>> Answer<R> define(Question<R> q) {
        Spectrum<R> spectrum = Spectrum.of(honest(covariance(q), q.tensor("X").size()));
        return Answer.of("eigenvalues", spectrum.values()).and("projector", spectrum.projector(q.integer("k")));
    }

    /**
     * S as those know it who take singular values of X̄ instead: Householder transformations of an m×n matrix perturb it by at
     * most about mn·u‖X̄‖ (Higham 2002, Theorem 19.4, with its constant taken as 1), and S by twice that times ‖X̄‖/n.
     */
    private static <R extends Real<R>> Tensor<R> honest(Tensor<R> S, int elements) {
        Arithmetic<R> arithmetic = S.arithmetic();
        R trace = Tensor.of(arithmetic, new int[] {S.size(0)}, i -> S.get(i, i)).sum();
        R size = trace.times(2.0 * elements);
        return S.map(s -> arithmetic.honest(s, size));
    }

    /** S. */
    public static <R extends Real<R>> Tensor<R> covariance(Question<R> q) {
        Arithmetic<R> arithmetic = q.arithmetic();
        Tensor<R> X = q.tensor("X");
        int n = X.size(1);
        R count = arithmetic.of(n);
        Tensor<R> centered = Tensor.stack(X.slices().stream()
                .map(row -> {
                    R mean = row.sum().dividedBy(count);
                    return row.map(x -> x.minus(mean));
                })
                .toList());
        R divisor = arithmetic.of(q.convention("divisor").equals("n") ? n : n - 1);
        return centered.matmul(centered.transpose()).map(s -> s.dividedBy(divisor));
    }
}
