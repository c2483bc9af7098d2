package org.goldgrad.analytic.optimization;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;

/**
 * A number for every weight of a net of three layers: the weights themselves, a gradient, what a path norm makes of them.
 *
 * @param U hidden1×features
 * @param V hidden2×hidden1
 * @param W outputs×hidden2
 */
public record Layers<R extends Real<R>>(Tensor<R> U, Tensor<R> V, Tensor<R> W) {
    /** f of every layer. */
    public Layers<R> map(UnaryOperator<Tensor<R>> f) {
        return new Layers<>(f.apply(U), f.apply(V), f.apply(W));
    }

    /** f of every layer and the same layer of others. */
    public Layers<R> zip(Layers<R> that, BinaryOperator<Tensor<R>> f) {
        return new Layers<>(f.apply(U, that.U), f.apply(V, that.V), f.apply(W, that.W));
    }

    /** The layers of every step, each along a new first axis. */
    public static <R extends Real<R>> Layers<R> stack(List<Layers<R>> steps) {
        return new Layers<>(
                Tensor.stack(steps.stream().map(Layers::U).toList()),
                Tensor.stack(steps.stream().map(Layers::V).toList()),
                Tensor.stack(steps.stream().map(Layers::W).toList()));
    }
}
