package org.goldgrad.analytic.optimization;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Arithmetic;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Question;

/**
 * Adam (Kingma and Ba 2015, Algorithm 1), as a trajectory over given gradients; every group has its own settings.
 *
 * <pre>
 *   coupled    g ← g_t + λθ_{t−1}                  (L2 in the loss)
 *   m_t = β₁m_{t−1} + (1−β₁)g     m̂ = m_t/(1−β₁ᵗ)
 *   v_t = β₂v_{t−1} + (1−β₂)g²    v̂ = v_t/(1−β₂ᵗ)         m_0 = v_0 = 0
 *   outside    θ_t = θ_{t−1} − α m̂/(√v̂ + ε)
 *   hat        θ_t = θ_{t−1} − α_t m_t/(√v_t + ε),  α_t = α √(1−β₂ᵗ)/(1−β₁ᵗ)     (end of their section 2)
 *   decoupled  θ_t ← θ_t − αλθ_{t−1}               (Loshchilov and Hutter 2019)
 *   g, m, v, m̂, v̂, θ  steps×groups×parameters     α_t  steps×groups     θ0  groups×parameters     α, β₁, β₂, ε, λ  groups
 * </pre>
 */
public final class Adam {
    private Adam() {}

    public static <R extends Real<R>> Answer<R> define(Question<R> q) {
        boolean hat = q.convention("epsilon").equals("hat");
        boolean coupled = q.convention("decay").equals("coupled");
        Tensor<R> alpha = q.tensor("lr");
        Tensor<R> beta1 = q.tensor("beta1");
        Tensor<R> beta2 = q.tensor("beta2");
        Tensor<R> eps = q.tensor("eps");
        Tensor<R> lambda = q.tensor("weight_decay");
        Tensor<R> theta = q.tensor("theta0");
        Tensor<R> m = theta.map(x -> q.arithmetic().zero());
        Tensor<R> v = m;
        List<Tensor<R>> ms = new ArrayList<>();
        List<Tensor<R>> vs = new ArrayList<>();
        List<Tensor<R>> mHats = new ArrayList<>();
        List<Tensor<R>> vHats = new ArrayList<>();
        List<Tensor<R>> rates = new ArrayList<>();
        List<Tensor<R>> thetas = new ArrayList<>();
        for (Tensor<R> gt : q.tensor("g").slices()) {
            int t = ms.size() + 1;
            Tensor<R> decay = perGroup(theta, lambda, R::times);
            Tensor<R> g = coupled ? gt.plus(decay) : gt;
            m = perGroup(m, beta1, R::times).plus(perGroup(g, complement(beta1), R::times));
            v = perGroup(v, beta2, R::times).plus(perGroup(g.times(g), complement(beta2), R::times));
            Tensor<R> c1 = complement(beta1.map(b -> b.pow(t)));
            Tensor<R> c2 = complement(beta2.map(b -> b.pow(t)));
            Tensor<R> step;
            if (hat) {
                Tensor<R> rate = alpha.times(c2.map(R::sqrt)).dividedBy(c1);
                step = perGroup(m.dividedBy(perGroup(v.map(R::sqrt), eps, R::plus)), rate, R::times);
                rates.add(rate);
            } else {
                Tensor<R> mHat = perGroup(m, c1, R::dividedBy);
                Tensor<R> vHat = perGroup(v, c2, R::dividedBy);
                step = perGroup(mHat.dividedBy(perGroup(vHat.map(R::sqrt), eps, R::plus)), alpha, R::times);
                mHats.add(mHat);
                vHats.add(vHat);
            }
            theta = (coupled ? theta : theta.minus(perGroup(decay, alpha, R::times))).minus(step);
            ms.add(m);
            vs.add(v);
            thetas.add(theta);
        }
        Answer<R> answer =
                Answer.of("m", Tensor.stack(ms)).and("v", Tensor.stack(vs)).and("theta", Tensor.stack(thetas));
        return hat
                ? answer.through("rate", Tensor.stack(rates))
                : answer.through("mhat", Tensor.stack(mHats)).through("vhat", Tensor.stack(vHats));
    }

    /** 1 − x. */
    private static <R extends Real<R>> Tensor<R> complement(Tensor<R> x) {
        R one = x.arithmetic().one();
        return x.map(one::minus);
    }

    /** Combines row i of a groups×parameters matrix with the i-th group's setting. */
    public static <R extends Real<R>> Tensor<R> perGroup(
            Tensor<R> matrix, Tensor<R> setting, java.util.function.BinaryOperator<R> f) {
        int parameters = matrix.size(1);
        return Tensor.of(matrix.arithmetic(), matrix.shape(), i -> f.apply(matrix.at(i), setting.at(i / parameters)));
    }

    /**
     * The largest |m_t|/√v_t that any gradients can give (Cauchy–Schwarz), β₁² &lt; β₂:
     * (1−β₁)/√(1−β₂) · √Σ_{j&lt;t} (β₁²/β₂)ʲ.
     */
    public static <R extends Real<R>> R largestRatio(R beta1, R beta2, int t) {
        Arithmetic<R> arithmetic = beta1.arithmetic();
        R ratio = beta1.square().dividedBy(beta2);
        R sum = arithmetic.zero();
        for (int j = 0; j < t; j++) {
            sum = sum.plus(ratio.pow(j));
        }
        R one = arithmetic.one();
        return one.minus(beta1).dividedBy(one.minus(beta2).sqrt()).times(sum.sqrt());
    }
}
