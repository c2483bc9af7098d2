package org.goldgrad.analytic.optimization;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Question;

/**
 * The step that training loops are made of: gradients of a scaled loss are unscaled, clipped, decayed, descended along; then
 * every tensor is projected to a ball. As a trajectory over given gradients.
 *
 * <pre>
 *   after    k_t = clip(g_t/S)              d_t = k_t + λθ_{t−1}
 *   before   k_t = clip(g_t/S + λθ_{t−1})   d_t = k_t
 *   clip(x) = x c/max(n, c)                 n = ‖x‖ over all tensors, with epsilon=added ‖x‖ + 10⁻⁶
 *   θ_t = P(θ_{t−1} − α d_t)                P(x) = x r/max(‖x‖, r), each tensor for itself
 *   g, k, θ  steps×tensors×parameters       θ0  tensors×parameters       S, c, α, r > 0, λ ≥ 0
 * </pre>
 */
public final class ClippedDescent {
    private ClippedDescent() {}

    public static <R extends Real<R>> Answer<R> define(Question<R> q) {
        boolean before = q.convention("decay").equals("before");
        R S = q.scalar("scale");
        R c = q.scalar("limit");
        R alpha = q.scalar("lr");
        R lambda = q.scalar("weight_decay");
        R r = q.scalar("radius");
        Tensor<R> theta = q.tensor("theta0");
        List<Tensor<R>> clipped = new ArrayList<>();
        List<Tensor<R>> thetas = new ArrayList<>();
        for (Tensor<R> gt : q.tensor("g").slices()) {
            Tensor<R> g = gt.map(x -> x.dividedBy(S));
            Tensor<R> decay = theta.times(lambda);
            Tensor<R> whole = before ? g.plus(decay) : g;
            Tensor<R> k = Norm.shortened(whole, ClipByNorm.compared(q, Norm.of(whole)), c);
            Tensor<R> d = before ? k : k.plus(decay);
            Tensor<R> moved = theta.minus(d.times(alpha));
            theta = Tensor.stack(moved.slices().stream()
                    .map(x -> Norm.shortened(x, Norm.of(x), r))
                    .toList());
            clipped.add(k);
            thetas.add(theta);
        }
        return Answer.of("clipped", Tensor.stack(clipped)).and("theta", Tensor.stack(thetas));
    }
}
