package org.goldgrad.analytic.recurrent;

import java.util.List;
import org.goldgrad.analytic.arithmetic.Affine;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;

/**
 * Residual blocks one after another, each with weights of its own (He et al. 2016, in their simplest form).
 *
 * <pre>
 *   a_t = h_{t−1} W_t + b_t       h_t = φ(a_t) + h_{t−1}        t = 1 … steps
 *   h0  batch×hidden     W  steps×hidden×hidden     b  steps×hidden     h, a  steps×batch×hidden
 * </pre>
 */
public record Residual(Block block, Unrolling unrolling) implements Definition {
    /** The network as defined above. */
    public static final Residual NETWORK = new Residual(Residual::step, Unrolling.PLAIN);

    /** Pre-activation and state of a block, both batch×hidden. */
    public record Nodes<R extends Real<R>>(Tensor<R> a, Tensor<R> h) {}

    /** One block. */
    @FunctionalInterface
    public interface Block {
        <R extends Real<R>> Nodes<R> step(Tensor<R> W, Tensor<R> b, Squash phi, Tensor<R> h);
    }

    /** a_t = h_{t−1} W_t + b_t, h_t = φ(a_t) + h_{t−1}. */
    public static <R extends Real<R>> Nodes<R> step(Tensor<R> W, Tensor<R> b, Squash phi, Tensor<R> h) {
        Tensor<R> a = Affine.of(h, W).plus(b).sum();
        return new Nodes<>(a, a.map(phi::of).plus(h));
    }

    @Override
    public <R extends Real<R>> Answer<R> of(Question<R> q) {
        Squash phi = Nonlinearity.of(q);
        Tensor<R> W = q.tensor("W");
        Tensor<R> b = q.tensor("b");
        List<Nodes<R>> steps = unrolling.unroll(
                q.tensor("h0"),
                W.size(0),
                (t, previous) -> block.step(W.slice(t - 1), b.slice(t - 1), phi, previous),
                Nodes::h);
        Tensor<R> h = Unrolling.stacked(steps, Nodes::h);
        return Answer.of("h", h).through("a", Unrolling.stacked(steps, Nodes::a));
    }
}
