package org.goldgrad.analytic.recurrent;

import java.util.List;
import java.util.function.UnaryOperator;
import org.goldgrad.analytic.arithmetic.Affine;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;

/**
 * A layer of gated recurrent units (Cho et al. 2014).
 *
 * <pre>
 *   r, z = sigmoid(x_t U^• + b^• + h_{t−1} W^• + d^•)
 *   n = tanh(x_t U^n + b^n + r ⊙ (h_{t−1} W^n + d^n))      reset=after, Cho et al. 2014 as cuDNN computes it
 *   n = tanh(x_t U^n + b^n + (r ⊙ h_{t−1}) W^n + d^n)      reset=before, Cho et al. 2014
 *   h_t = (1 − z) ⊙ n + z ⊙ h_{t−1}                        update=keep, z says what to keep
 *   h_t = z ⊙ n + (1 − z) ⊙ h_{t−1}                        update=replace, z says what to replace
 *   x  time×batch×features     h0  batch×hidden     U  features×3×hidden     W  hidden×3×hidden     b, d  3×hidden
 *   h  time×batch×hidden       the axis of length 3 holds the gates in the order named
 * </pre>
 */
public record Gru(Cell cell, Unrolling unrolling) implements Definition {
    /** The gates in the order of the formula. */
    public static final String GATES = "rzn";

    /** The layer as defined above. */
    public static final Gru LAYER = new Gru(Gru::step, Unrolling.PLAIN);

    /** What a gate gets in a step, from the input and from a state. */
    public interface Drives<R extends Real<R>> {
        /** x_t U^• + b^•. */
        Affine<R> input(char gate);

        /** h W^• + d^•. */
        Affine<R> state(char gate, Tensor<R> h);
    }

    /** Gates, candidate and state of a step, each batch×hidden. */
    public record Nodes<R extends Real<R>>(Tensor<R> r, Tensor<R> z, Tensor<R> n, Tensor<R> h) {}

    /** One step of a layer under the conventions of a question. */
    @FunctionalInterface
    public interface Cell {
        <R extends Real<R>> Nodes<R> step(Question<R> q, Drives<R> drives, Tensor<R> h);
    }

    /** The formula above. */
    public static <R extends Real<R>> Nodes<R> step(Question<R> q, Drives<R> drives, Tensor<R> h) {
        Tensor<R> r = gate('r', drives, h);
        Tensor<R> z = gate('z', drives, h);
        Tensor<R> n = candidate(q, drives, r, h);
        return new Nodes<>(r, z, n, updated(q, z, n, h));
    }

    /** sigmoid(x_t U^• + b^• + h W^• + d^•). */
    public static <R extends Real<R>> Tensor<R> gate(char gate, Drives<R> drives, Tensor<R> h) {
        return drives.input(gate).plus(drives.state(gate, h)).sum().map(R::sigmoid);
    }

    /** n, reset before or after the product with W^n. */
    public static <R extends Real<R>> Tensor<R> candidate(Question<R> q, Drives<R> drives, Tensor<R> r, Tensor<R> h) {
        return beforeTanh(q, drives, r, h).map(R::tanh);
    }

    /** What the candidate is the tanh of. */
    public static <R extends Real<R>> Tensor<R> beforeTanh(Question<R> q, Drives<R> drives, Tensor<R> r, Tensor<R> h) {
        Affine<R> input = drives.input('n');
        return q.convention("reset").equals("after")
                ? input.plusElements(r, drives.state('n', h).sum()).sum()
                : input.plus(drives.state('n', r.times(h))).sum();
    }

    /** h_t. */
    public static <R extends Real<R>> Tensor<R> updated(Question<R> q, Tensor<R> z, Tensor<R> n, Tensor<R> h) {
        R one = q.arithmetic().one();
        Tensor<R> other = z.map(one::minus);
        return q.convention("update").equals("keep")
                ? other.times(n).plus(z.times(h))
                : z.times(n).plus(other.times(h));
    }

    @Override
    public <R extends Real<R>> Answer<R> of(Question<R> q) {
        int T = q.tensor("x").size(0);
        List<Nodes<R>> steps =
                unrolling.unroll(q.tensor("h0"), T, (t, previous) -> cell.step(q, drives(q, t), previous), Nodes::h);
        Tensor<R> h = Unrolling.stacked(steps, Nodes::h);
        return Answer.of("h", h)
                .through("r", Unrolling.stacked(steps, Nodes::r))
                .through("z", Unrolling.stacked(steps, Nodes::z))
                .through("n", Unrolling.stacked(steps, Nodes::n));
    }

    /** What the gates get in step t, by the copies of the weights that it uses. */
    public <R extends Real<R>> Drives<R> drives(Question<R> q, int t) {
        Tensor<R> x = q.tensor("x");
        String order = q.convention("gate_order");
        UnaryOperator<Tensor<R>> copy = weight -> unrolling.copy(weight, t, x.size(0));
        return new Weights<>(
                x.slice(t - 1),
                PackedWeights.of(order, copy.apply(q.tensor("U"))),
                PackedWeights.of(order, copy.apply(q.tensor("W"))),
                PackedWeights.of(order, copy.apply(q.tensor("b"))),
                PackedWeights.of(order, copy.apply(q.tensor("d"))));
    }

    private record Weights<R extends Real<R>>(
            Tensor<R> x, PackedWeights<R> U, PackedWeights<R> W, PackedWeights<R> b, PackedWeights<R> d)
            implements Drives<R> {
        @Override
        public Affine<R> input(char gate) {
            return Affine.of(x, U.of(gate)).plus(b.of(gate));
        }

        @Override
        public Affine<R> state(char gate, Tensor<R> h) {
            return Affine.of(h, W.of(gate)).plus(d.of(gate));
        }
    }
}
