package org.goldgrad.analytic.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;

/**
 * A layer over sequences of different lengths: each runs as if it were alone, and then stops.
 *
 * <pre>
 *   h_t of sequence k = that of a layer over x_1 … x_{n_k} alone,    t ≤ n_k;      h_t = 0, t > n_k
 *   last of sequence k = h_{n_k}
 *   lengths  n, batch, integers from 1 to time      h  time×batch×hidden      last  batch×hidden
 * </pre>
 */
public record VariableLength(Definition layer) implements Definition {
    /** The plain layer. */
    public static final VariableLength LAYER = new VariableLength(VanillaRnn.LAYER);

    @Override
    public <R extends Real<R>> Answer<R> of(Question<R> q) {
        Tensor<R> x = q.tensor("x");
        List<Tensor<R>> h = new ArrayList<>();
        List<Tensor<R>> last = new ArrayList<>();
        for (int k = 0; k < x.size(1); k++) {
            Question<R> alone = q.with("x", Ragged.sequence(x, q.tensor("lengths"), k))
                    .with("h0", Tensor.stack(List.of(q.tensor("h0").slice(k))));
            Tensor<R> hk = layer.of(alone).output("h");
            h.add(hk);
            last.add(hk.slice(hk.size(0) - 1).slice(0));
        }
        return Answer.of("h", Ragged.padded(h, x.size(0))).and("last", Tensor.stack(last));
    }
}
