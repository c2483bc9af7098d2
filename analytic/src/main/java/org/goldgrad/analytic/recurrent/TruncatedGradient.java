package org.goldgrad.analytic.recurrent;

import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Question;

/**
 * Truncated backpropagation through time: the gradient that is left when the state is cut off every few steps
 * (Williams and Peng 1990).
 *
 * <pre>
 *   steps in windows of w: 1 … w | w+1 … 2w | …      where a window begins, h_{t−1} is taken for a constant, h_0 is not
 *   dx, dh0, dU, dW, db  the gradient of Σ⟨dh, h⟩ under that pretence        w  the integer "window", 1 ≤ w ≤ time
 * </pre>
 */
public record TruncatedGradient(VanillaRnn.Cell cell) implements Definition {
    /** Of the plain layer. */
    public static final TruncatedGradient LAYER = new TruncatedGradient(VanillaRnn::step);

    @Override
    public <R extends Real<R>> Answer<R> of(Question<R> q) {
        Unrolling windows = new Windows(q.integer("window"));
        return new Gradient(new VanillaRnn(cell, windows), List.of("x", "h0", "U", "W", "b")).of(q);
    }

    /** The state is cut off before every window but the first. */
    public record Windows(int window) implements Unrolling {
        @Override
        public <R extends Real<R>> Tensor<R> fed(List<Tensor<R>> states) {
            Tensor<R> previous = Unrolling.super.fed(states);
            int before = states.size() - 1; // how many steps there were
            return before > 0 && before % window == 0 ? previous.map(R::detach) : previous;
        }
    }
}
