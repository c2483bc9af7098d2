package org.goldgrad.analytic.optimization;

import java.util.List;
import org.goldgrad.analytic.arithmetic.Arithmetic;
import org.goldgrad.analytic.arithmetic.LinearSystem;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;

/**
 * Fisher's information of logistic regression: how the model's own answers spread the gradient (Amari 1998).
 *
 * <pre>
 *   p_i = σ(x_iθ)      score of the answer y:  s_i(y) = (y − p_i)x_i
 *   F = (1/n) Σ_i Σ_{y=0,1} P_i(y) s_i(y)ᵀ s_i(y)      P_i(1) = p_i,  P_i(0) = 1 − p_i
 *   F  features×features     X  samples×features, rows x_i     θ  features     n samples
 * </pre>
 */
public final class Fisher {
    private Fisher() {}

    /** F at these parameters. */
    public static <R extends Real<R>> Tensor<R> of(Tensor<R> X, Tensor<R> theta) {
        Arithmetic<R> arithmetic = X.arithmetic();
        Tensor<R> z = logits(X, theta);
        Tensor<R> p = z.map(R::sigmoid);
        Tensor<R> rest = complement(z, p);
        int n = X.size(0);
        List<Tensor<R>> columns = X.transpose().slices();
        // Down the answers 1 of all samples, then down the answers 0.
        Tensor<R> probability = Tensor.of(arithmetic, new int[] {2 * n}, i -> i < n ? p.at(i) : rest.at(i - n));
        List<Tensor<R>> scores = columns.stream()
                .map(x -> Tensor.of(
                        arithmetic,
                        probability.shape(),
                        i -> i < n
                                ? rest.at(i).times(x.at(i))
                                : p.at(i - n).negate().times(x.at(i - n))))
                .toList();
        int d = columns.size();
        return Tensor.of(
                arithmetic,
                new int[] {d, d},
                i -> probability.times(scores.get(i / d)).dot(scores.get(i % d)).dividedBy(n));
    }

    /** Xθ. */
    public static <R extends Real<R>> Tensor<R> logits(Tensor<R> X, Tensor<R> theta) {
        return X.matmul(theta.reshape(theta.size(), 1)).reshape(X.size(0));
    }

    /** 1 − p = σ(−z); whoever subtracts is off by the 9pu of p and by one rounding. */
    private static <R extends Real<R>> Tensor<R> complement(Tensor<R> z, Tensor<R> p) {
        return Tensor.of(
                z.arithmetic(),
                z.shape(),
                i -> z.arithmetic().honest(z.at(i).negate().sigmoid(), p.at(i).times(10)));
    }

    /**
     * A⁻¹b for A = F + λI, which good implementations form and factor in one of several ways: Cholesky's, LU, the root's QR.
     * Each is exact for a matrix whose entries ij are off by at most 2d(n + d)u √(A_ii A_jj), d features and n samples
     * (Higham 2002, Theorems 10.3 and 19.4, their constants taken as 1).
     */
    public static <R extends Real<R>> Tensor<R> solve(Tensor<R> A, Tensor<R> b, int n) {
        Arithmetic<R> arithmetic = A.arithmetic();
        int d = b.size();
        double growth = 2.0 * d * (n + d);
        Tensor<R> root = Tensor.of(arithmetic, b.shape(), j -> A.get(j, j).sqrt());
        return LinearSystem.solve(
                Tensor.of(
                        arithmetic,
                        A.shape(),
                        i -> arithmetic.honest(
                                A.at(i), root.at(i / d).times(root.at(i % d)).times(growth))),
                b);
    }
}
