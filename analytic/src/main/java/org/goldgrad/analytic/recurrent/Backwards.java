package org.goldgrad.analytic.recurrent;

import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;

/**
 * A layer that runs through each sequence from its own end to its beginning.
 *
 * <pre>
 *   h_t of sequence k = step(x_t, h_{t+1})       h_{n_k + 1} = h0       every h_t stands at its own t
 * </pre>
 */
public record Backwards(Definition layer) implements Definition {
    /** The plain layer. */
    public static final Backwards LAYER = new Backwards(VariableLength.LAYER);

    @Override
    public <R extends Real<R>> Answer<R> of(Question<R> q) {
        Tensor<R> lengths = q.tensor("lengths");
        return layer.of(q.with("x", Ragged.reversed(q.tensor("x"), lengths)))
                .changing("h", h -> Ragged.reversed(h, lengths));
    }
}
