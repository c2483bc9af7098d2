package org.goldgrad.analytic.optimization;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Question;

/**
 * Natural gradient descent (Amari 1998) for logistic regression, a batch a step.
 *
 * <pre>
 *   L_t(θ) = −(1/n) Σ_i (y_i log p_i + (1−y_i) log(1−p_i))      p = σ(X_tθ)
 *   ∇L_t = (1/n) X_tᵀ(p − y_t)      d_t = F_t(θ_{t−1})⁻¹ ∇L_t(θ_{t−1})      θ_t = θ_{t−1} − lr d_t
 *   F_t  {@link Fisher} on the batch, regular, steps×features×features     d, θ  steps×features     θ0  features
 *   X  steps×samples×features     y  steps×samples, in [0, 1]     n samples
 * </pre>
 */
public final class NaturalGradient {
    private NaturalGradient() {}

    public static <R extends Real<R>> Answer<R> define(Question<R> q) {
        Tensor<R> theta = q.tensor("theta0");
        List<Tensor<R>> Fs = new ArrayList<>();
        List<Tensor<R>> ds = new ArrayList<>();
        List<Tensor<R>> thetas = new ArrayList<>();
        for (int t = 0; t < q.tensor("X").size(0); t++) {
            Tensor<R> X = q.tensor("X").slice(t);
            Tensor<R> F = Fisher.of(X, theta);
            Tensor<R> d = Fisher.solve(F, gradient(X, q.tensor("y").slice(t), theta), X.size(0));
            theta = theta.minus(d.times(q.scalar("lr")));
            Fs.add(F);
            ds.add(d);
            thetas.add(theta);
        }
        return Answer.of("theta", Tensor.stack(thetas))
                .through("F", Tensor.stack(Fs))
                .through("d", Tensor.stack(ds));
    }

    /** ∇L on a batch. */
    public static <R extends Real<R>> Tensor<R> gradient(Tensor<R> X, Tensor<R> y, Tensor<R> theta) {
        int n = X.size(0);
        Tensor<R> residual = Fisher.logits(X, theta).map(R::sigmoid).minus(y);
        return X.transpose()
                .matmul(residual.reshape(n, 1))
                .reshape(theta.size())
                .map(x -> x.dividedBy(n));
    }
}
