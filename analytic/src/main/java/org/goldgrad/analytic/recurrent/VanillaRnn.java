package org.goldgrad.analytic.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Affine;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;

/**
 * The plain recurrent layer (Elman 1990).
 *
 * <pre>
 *   a_t = x_t U + h_{t−1} W + b       h_t = φ(a_t)        t = 1 … T
 *   x  time×batch×features     h0  batch×hidden     U  features×hidden     W  hidden×hidden     b  hidden
 *   h, a  time×batch×hidden    φ  the convention "nonlinearity"
 * </pre>
 */
public record VanillaRnn(Cell cell, Unrolling unrolling) implements Definition {
    /** The layer as defined above. */
    public static final VanillaRnn LAYER = new VanillaRnn(VanillaRnn::step, Unrolling.PLAIN);

    /** The weights of a step. */
    public record Weights<R extends Real<R>>(Tensor<R> U, Tensor<R> W, Tensor<R> b) {
        static <R extends Real<R>> Weights<R> of(Question<R> q) {
            return new Weights<>(q.tensor("U"), q.tensor("W"), q.tensor("b"));
        }

        /** The copies that step t of T uses. */
        Weights<R> copy(Unrolling unrolling, int t, int T) {
            return new Weights<>(unrolling.copy(U, t, T), unrolling.copy(W, t, T), unrolling.copy(b, t, T));
        }
    }

    /** Pre-activation and state of a step, both batch×hidden. */
    public record Nodes<R extends Real<R>>(Tensor<R> a, Tensor<R> h) {}

    /** One step of a layer. */
    @FunctionalInterface
    public interface Cell {
        <R extends Real<R>> Nodes<R> step(Weights<R> weights, Squash phi, Tensor<R> x, Tensor<R> h);
    }

    /** a_t = x_t U + h_{t−1} W + b, h_t = φ(a_t). */
    public static <R extends Real<R>> Nodes<R> step(Weights<R> w, Squash phi, Tensor<R> x, Tensor<R> h) {
        Tensor<R> a = Affine.of(x, w.U).plus(h, w.W).plus(w.b).sum();
        return new Nodes<>(a, a.map(phi::of));
    }

    @Override
    public <R extends Real<R>> Answer<R> of(Question<R> q) {
        Squash phi = Nonlinearity.of(q);
        Weights<R> weights = Weights.of(q);
        Tensor<R> x = q.tensor("x");
        int T = x.size(0);
        List<Nodes<R>> steps = unrolling.unroll(
                q.tensor("h0"),
                T,
                (t, previous) -> cell.step(weights.copy(unrolling, t, T), phi, x.slice(t - 1), previous),
                Nodes::h);
        Tensor<R> h = Unrolling.stacked(steps, Nodes::h);
        return Answer.of("h", h).through("a", Unrolling.stacked(steps, Nodes::a));
    }

    /** Without a nonlinearity: h_t = h_0 Wᵗ + Σ_{s≤t} (x_s U + b) W^{t−s}, for every t. */
    public static <R extends Real<R>> Tensor<R> linear(Question<R> q) {
        Tensor<R> W = q.tensor("W");
        List<Tensor<R>> x = q.tensor("x").slices();
        List<Tensor<R>> h = new ArrayList<>();
        for (int t = 1; t <= x.size(); t++) {
            Tensor<R> ht = times(q.tensor("h0"), W, t);
            for (int s = 1; s <= t; s++) {
                Tensor<R> entered = x.get(s - 1).matmul(q.tensor("U")).plus(q.tensor("b"));
                ht = ht.plus(times(entered, W, t - s));
            }
            h.add(ht);
        }
        return Tensor.stack(h);
    }

    /** v Wⁿ. */
    private static <R extends Real<R>> Tensor<R> times(Tensor<R> v, Tensor<R> W, int n) {
        Tensor<R> product = v;
        for (int i = 0; i < n; i++) {
            product = product.matmul(W);
        }
        return product;
    }
}
