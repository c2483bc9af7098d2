package org.goldgrad.analytic.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;

/**
 * How a recurrence is unrolled in time: which state a step is fed, and which copy of the weights it uses.
 *
 * <pre>
 *   s_t = step(t, s_{t−1})      t = 1 … T, s_0 given
 * </pre>
 *
 * Every variation of this, truncation for one and most mistakes for others, changes one of the two and nothing else.
 */
public interface Unrolling {
    /** Every step is fed the state before it, and all share their weights. */
    Unrolling PLAIN = new Unrolling() {};

    /** What step t is fed, of the states s_0 … s_{t−1}. */
    default <R extends Real<R>> Tensor<R> fed(List<Tensor<R>> states) {
        return states.get(states.size() - 1);
    }

    /** The copy of a weight that step t of T uses. */
    default <R extends Real<R>> Tensor<R> copy(Tensor<R> weight, int t, int T) {
        return weight;
    }

    /** What is computed in step t. */
    @FunctionalInterface
    interface Step<R extends Real<R>, N> {
        N at(int t, Tensor<R> previous);
    }

    /** Everything computed in the steps 1 … T, of which some part is the state. */
    default <R extends Real<R>, N> List<N> unroll(
            Tensor<R> initial, int T, Step<R, N> step, Function<N, Tensor<R>> state) {
        List<Tensor<R>> states = new ArrayList<>(List.of(initial));
        List<N> steps = new ArrayList<>();
        for (int t = 1; t <= T; t++) {
            steps.add(step.at(t, fed(states)));
            states.add(state.apply(steps.get(t - 1)));
        }
        return steps;
    }

    /** One part of every step, along a first axis of time. */
    static <R extends Real<R>, N> Tensor<R> stacked(List<N> steps, Function<N, Tensor<R>> part) {
        return Tensor.stack(steps.stream().map(part).toList());
    }
}
