package org.goldgrad.analytic.optimization;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Question;

/**
 * Descent with a penalty on the gradient's norm (Zhao, Zhang and Hu 2022, Algorithm 1), on a loss with known data.
 *
 * <pre>
 *   L_t(θ) = ½‖Mθ − y_t‖² + ¼κΣθ⁴
 *   g_t = ∇L_t(θ_{t−1})      q_t = (1−a)g_t + a∇L_t(θ_{t−1} + r g_t/‖g_t‖)      θ_t = θ_{t−1} − αq_t
 *   q, θ  steps×parameters     M  samples×parameters     y  steps×samples     θ0  parameters
 *   α = lr > 0     r > 0     a = λ/r in [0, 1], λ the weight of the penalty     κ ≥ 0
 * </pre>
 */
public final class GradientNormPenalty {
    /** L, called loss, as a function of theta, M, one target y and kappa. */
    public static final Definition LOSS = new Definition() {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Tensor<R> theta = q.tensor("theta");
            Tensor<R> y = q.tensor("y");
            Tensor<R> residual = q.tensor("M")
                    .matmul(theta.reshape(theta.size(), 1))
                    .reshape(y.size())
                    .minus(y);
            R quartic = theta.map(x -> x.pow(4)).sum().times(q.scalar("kappa"));
            return Answer.of(
                    "loss", Tensor.scalar(residual.dot(residual).times(0.5).plus(quartic.times(0.25))));
        }
    };

    private static final Gradient GRADIENT = new Gradient(LOSS, List.of("theta"));

    private GradientNormPenalty() {}

    public static <R extends Real<R>> Answer<R> define(Question<R> q) {
        R a = q.scalar("a");
        R rest = q.arithmetic().one().minus(a);
        Tensor<R> theta = q.tensor("theta0");
        List<Tensor<R>> qs = new ArrayList<>();
        List<Tensor<R>> thetas = new ArrayList<>();
        for (Tensor<R> y : q.tensor("y").slices()) {
            Tensor<R> g = gradient(q, theta, y);
            R norm = g.dot(g).sqrt();
            Tensor<R> there = theta.plus(g.map(x -> x.dividedBy(norm)).times(q.scalar("r")));
            Tensor<R> qt = g.times(rest).plus(gradient(q, there, y).times(a));
            theta = theta.minus(qt.times(q.scalar("lr")));
            qs.add(qt);
            thetas.add(theta);
        }
        return Answer.of("q", Tensor.stack(qs)).and("theta", Tensor.stack(thetas));
    }

    /** ∇L at a point, for one target, by the chain rule alone. */
    public static <R extends Real<R>> Tensor<R> gradient(Question<R> q, Tensor<R> theta, Tensor<R> y) {
        R one = q.arithmetic().one();
        return GRADIENT.of(q.with("theta", theta).with("y", y).with("dloss", Tensor.scalar(one)))
                .output("dtheta");
    }
}
