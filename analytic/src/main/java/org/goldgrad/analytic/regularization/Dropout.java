package org.goldgrad.analytic.regularization;

import org.goldgrad.analytic.arithmetic.Arithmetic;
import org.goldgrad.analytic.arithmetic.LinearSystem;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Question;

/**
 * Linear regression under dropout of its inputs (Srivastava et al. 2014, §9.1).
 *
 * <pre>
 *   plain     L(w) = ‖y − (X⊙R)w‖²          R_ij ~ Bernoulli(p), independent; p is the probability to keep
 *   inverted  L(w) = ‖y − (X⊙R)w/p‖²
 *   X  samples×features     y  samples     w  features     0 &lt; p ≤ 1
 * </pre>
 */
public final class Dropout {
    private Dropout() {}

    /**
     * E[L(w)] as the definition of an expectation: the sum over all masks, each with its probability. Samples have masks of
     * their own and their errors add up, so it suffices to run through the 2^features masks of one row at a time.
     */
    public static <R extends Real<R>> Answer<R> expectedLoss(Question<R> q) {
        Arithmetic<R> arithmetic = q.arithmetic();
        Tensor<R> X = q.tensor("X");
        Tensor<R> w = q.tensor("w");
        R p = q.scalar("p");
        R dropped = arithmetic.one().minus(p);
        R scale = inverted(q) ? p.reciprocal() : arithmetic.one();
        int d = w.size();
        int masks = 1 << d;
        R[] terms = arithmetic.array(X.size(0) * masks);
        for (int row = 0; row < X.size(0); row++) {
            Tensor<R> xw = X.slice(row).times(w);
            for (int mask = 0; mask < masks; mask++) {
                int bits = mask;
                Tensor<R> kept =
                        Tensor.of(arithmetic, xw.shape(), j -> (bits >> j & 1) == 1 ? xw.at(j) : arithmetic.zero());
                R residual = q.tensor("y").at(row).minus(kept.sum().times(scale));
                R probability = p.pow(Integer.bitCount(mask)).times(dropped.pow(d - Integer.bitCount(mask)));
                terms[row * masks + mask] = probability.times(residual.square());
            }
        }
        return Answer.of("loss", Tensor.scalar(arithmetic.sum(terms)));
    }

    /**
     * The w that minimises E[L(w)]: the normal equations E[(X⊙R)ᵀ(X⊙R)] w = E[X⊙R]ᵀ y, with E[R_ij R_ik] = p for j = k and
     * p² otherwise.
     */
    public static <R extends Real<R>> Answer<R> solution(Question<R> q) {
        Tensor<R> X = q.tensor("X");
        R p = q.scalar("p");
        int d = X.size(1);
        Tensor<R> gram = X.transpose().matmul(X);
        R diagonal = inverted(q) ? p.reciprocal() : p;
        R other = inverted(q) ? q.arithmetic().one() : p.square();
        Tensor<R> A = Tensor.of(q.arithmetic(), gram.shape(), i -> gram.at(i).times(i / d == i % d ? diagonal : other));
        Tensor<R> b = correlation(q).times(inverted(q) ? q.arithmetic().one() : p);
        return Answer.of("w", leastSquares(A, b, q));
    }

    /** The w that minimises ‖y − Xw‖² + λ‖w‖²: (XᵀX + λI)w = Xᵀy (Hoerl and Kennard 1970). */
    public static <R extends Real<R>> Answer<R> ridge(Question<R> q) {
        Tensor<R> X = q.tensor("X");
        R lambda = q.scalar("lambda");
        int d = X.size(1);
        Tensor<R> gram = X.transpose().matmul(X);
        Tensor<R> A = Tensor.of(
                q.arithmetic(), gram.shape(), i -> i / d == i % d ? gram.at(i).plus(lambda) : gram.at(i));
        return Answer.of("w", leastSquares(A, correlation(q), q));
    }

    /**
     * Ax = b for the normal equations of a least squares problem, which good implementations solve by Householder QR of the
     * stacked (samples + features)×features system instead. That perturbs column j by at most (rows·columns)u times its norm
     * (Higham 2002, Theorem 19.4, with its constant taken as 1), so A_ij by twice that times √(A_ii A_jj), and b likewise.
     */
    private static <R extends Real<R>> Tensor<R> leastSquares(Tensor<R> A, Tensor<R> b, Question<R> q) {
        Arithmetic<R> arithmetic = q.arithmetic();
        int d = b.size();
        double growth = 2.0 * d * (q.tensor("X").size(0) + d);
        if (arithmetic.precision() == Integer.MAX_VALUE) {
            return LinearSystem.solve(A, b); // fractions have neither roots nor rounding
        }
        Tensor<R> y = q.tensor("y");
        R length = y.dot(y).sqrt().times(growth);
        Tensor<R> column = Tensor.of(arithmetic, b.shape(), j -> A.get(j, j).sqrt());
        return LinearSystem.solve(
                Tensor.of(
                        arithmetic,
                        A.shape(),
                        i -> arithmetic.honest(
                                A.at(i),
                                column.at(i / d).times(column.at(i % d)).times(growth))),
                Tensor.of(
                        arithmetic,
                        b.shape(),
                        j -> arithmetic.honest(b.at(j), column.at(j).times(length))));
    }

    /** Xᵀy. */
    private static <R extends Real<R>> Tensor<R> correlation(Question<R> q) {
        Tensor<R> y = q.tensor("y");
        return q.tensor("X")
                .transpose()
                .matmul(y.reshape(y.size(), 1))
                .reshape(q.tensor("X").size(1));
    }

    private static boolean inverted(Question<?> q) {
        return q.convention("scaling").equals("inverted");
    }

    /** ‖y − pXw‖² + p(1−p)‖Γw‖² with Γ² = diag(XᵀX); the mean and the variance of every residual, plain dropout. */
    public static <R extends Real<R>> R closedForm(Question<R> q) {
        Arithmetic<R> arithmetic = q.arithmetic();
        R p = q.scalar("p");
        Tensor<R> X = q.tensor("X");
        Tensor<R> w = q.tensor("w");
        R loss = arithmetic.zero();
        R spread = p.times(arithmetic.one().minus(p));
        for (int row = 0; row < X.size(0); row++) {
            Tensor<R> xw = X.slice(row).times(w);
            R residual = q.tensor("y").at(row).minus(p.times(xw.sum()));
            loss = loss.plus(residual.square()).plus(spread.times(xw.dot(xw)));
        }
        return loss;
    }
}
