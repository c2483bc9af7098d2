package org.goldgrad.analytic.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.goldgrad.analytic.arithmetic.Affine;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000).
 *
 * <pre>
 *   z^• = x_t U^• + h_{t−1} W^• + b^•     i, f, o = sigmoid(z^i), sigmoid(z^f), sigmoid(z^o)     g = tanh(z^g)
 *   C_t = f ⊙ C_{t−1} + i ⊙ g             h_t = tanh(C_t) ⊙ o
 *   x  time×batch×features     h0, c0  batch×hidden     U  features×4×hidden     W  hidden×4×hidden     b  4×hidden
 *   h  time×batch×hidden       c = C_T  batch×hidden    the axis of length 4 holds the gates in the order named
 * </pre>
 */
public record Lstm(Cell cell, Squash candidate) implements Definition {
    /** The gates in the order of the formula. */
    public static final String GATES = "ifgo";

    /** A bias that is added at run time and not stored; like a second bias d, it counts where a question has it. */
    static final String AT_RUN_TIME = "bias added at run time";

    private static final List<String> BIASES = List.of("b", "d", AT_RUN_TIME);

    /** The layer as defined above. */
    public static final Lstm LAYER = new Lstm(Lstm::step);

    /** A layer with another step. */
    public Lstm(Cell cell) {
        this(cell, Real::tanh);
    }

    /** Hidden and cell state after a step, both batch×hidden. */
    public record State<R extends Real<R>>(Tensor<R> h, Tensor<R> c) {}

    /** The activated gates of a step, each batch×hidden. */
    public record Gates<R extends Real<R>>(Tensor<R> i, Tensor<R> f, Tensor<R> g, Tensor<R> o) {}

    /** One step of a layer, given the gates of that step. */
    @FunctionalInterface
    public interface Cell {
        <R extends Real<R>> State<R> step(Gates<R> gates, State<R> previous);
    }

    /** C_t = f ⊙ C_{t−1} + i ⊙ g, h_t = tanh(C_t) ⊙ o. */
    public static <R extends Real<R>> State<R> step(Gates<R> gates, State<R> previous) {
        Tensor<R> C = gates.f().times(previous.c()).plus(gates.i().times(gates.g()));
        return new State<>(C.map(R::tanh).times(gates.o()), C);
    }

    @Override
    public <R extends Real<R>> Answer<R> of(Question<R> q) {
        Weights<R> weights = Weights.of(q);
        State<R> state = new State<>(q.tensor("h0"), q.tensor("c0"));
        List<Gates<R>> gates = new ArrayList<>();
        List<State<R>> states = new ArrayList<>();
        for (Tensor<R> x : q.tensor("x").slices()) {
            Gates<R> now = weights.gates(x, state.h(), candidate);
            state = cell.step(now, state);
            gates.add(now);
            states.add(state);
        }
        Tensor<R> h = stacked(states, State::h);
        return Answer.of("h", h)
                .and("c", state.c())
                .through("i", stacked(gates, Gates::i))
                .through("f", stacked(gates, Gates::f))
                .through("g", stacked(gates, Gates::g))
                .through("o", stacked(gates, Gates::o))
                .through("C", stacked(states, State::c));
    }

    private static <S, R extends Real<R>> Tensor<R> stacked(List<S> steps, Function<S, Tensor<R>> part) {
        return Tensor.stack(steps.stream().map(part).toList());
    }

    /** A matrix U and W and biases for each gate. */
    private record Weights<R extends Real<R>>(PackedWeights<R> U, PackedWeights<R> W, List<PackedWeights<R>> biases) {
        static <R extends Real<R>> Weights<R> of(Question<R> q) {
            String order = q.convention("gate_order");
            return new Weights<>(
                    PackedWeights.of(order, q.tensor("U")),
                    PackedWeights.of(order, q.tensor("W")),
                    BIASES.stream()
                            .filter(q.tensors()::containsKey)
                            .map(bias -> PackedWeights.of(order, q.tensor(bias)))
                            .toList());
        }

        Gates<R> gates(Tensor<R> x, Tensor<R> h, Squash candidate) {
            return new Gates<>(
                    z('i', x, h).map(R::sigmoid),
                    z('f', x, h).map(R::sigmoid),
                    z('g', x, h).map(candidate::of),
                    z('o', x, h).map(R::sigmoid));
        }

        /** z^• = x U^• + h W^• + b^•, and the other biases. */
        private Tensor<R> z(char gate, Tensor<R> x, Tensor<R> h) {
            Affine<R> z = Affine.of(x, U.of(gate)).plus(h, W.of(gate));
            for (PackedWeights<R> bias : biases) {
                z = z.plus(bias.of(gate));
            }
            return z.sum();
        }
    }
}
