package org.goldgrad.analytic.optimization;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Question;

/**
 * Co-natural gradient descent (Michel, Salesky and Neubig 2019): steps are short where an earlier task would notice them.
 *
 * <pre>
 *   d_t = (F + λI)⁻¹ g_t      θ_t = θ_{t−1} − lr d_t
 *   F  {@link Fisher} of logistic regression on the earlier task's X at the θ_prev that it ended with, features×features
 *   g  steps×features, gradients of the new task     d, θ  steps×features     X  samples×features     θ_prev, θ0  features
 *   λ ≥ 0, F + λI regular
 * </pre>
 *
 * The paper estimates F from the earlier task's data (the empirical Fisher). Here its expectation over the model's own
 * answers is taken exactly, which needs no labels and leaves nothing to sampling.
 */
public final class ConaturalGradient {
    private ConaturalGradient() {}

    public static <R extends Real<R>> Answer<R> define(Question<R> q) {
        Tensor<R> X = q.tensor("X");
        Tensor<R> F = Fisher.of(X, q.tensor("theta_prev"));
        R lambda = q.scalar("lambda");
        int features = X.size(1);
        Tensor<R> A = Tensor.of(
                q.arithmetic(),
                F.shape(),
                i -> i / features == i % features ? F.at(i).plus(lambda) : F.at(i));
        Tensor<R> theta = q.tensor("theta0");
        List<Tensor<R>> ds = new ArrayList<>();
        List<Tensor<R>> thetas = new ArrayList<>();
        for (Tensor<R> g : q.tensor("g").slices()) {
            Tensor<R> d = Fisher.solve(A, g, X.size(0));
            theta = theta.minus(d.times(q.scalar("lr")));
            ds.add(d);
            thetas.add(theta);
        }
        return Answer.of("theta", Tensor.stack(thetas)).through("F", F).through("d", Tensor.stack(ds));
    }
}
