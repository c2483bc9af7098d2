package org.goldgrad.analytic.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;

/**
 * An LSTM with its weights as PyTorch, cuDNN and ONNX keep them: matrices that multiply columns, and two biases.
 *
 * <pre>
 *   z^• = U^• x_t + b^• + W^• h_{t−1} + d^•      (+ 1 for • = f where the forget bias is added at run time)
 *   U  4×hidden×features     W  4×hidden×hidden     b, d  4×hidden     all else as in {@link Lstm}
 * </pre>
 *
 * @param rows the layer in rows
 */
public record LstmInColumns(Definition rows) implements Definition {
    /** The layer as defined above. */
    public static final LstmInColumns LAYER = new LstmInColumns(Lstm.LAYER);

    @Override
    public <R extends Real<R>> Answer<R> of(Question<R> q) {
        Question<R> inRows = q.with("U", q.tensor("U").transpose(2, 0, 1))
                .with("W", q.tensor("W").transpose(2, 0, 1));
        return rows.of(q.convention("forget_bias").equals("added") ? remembering(inRows) : inRows);
    }

    /** The question of a layer in rows with 1 added for the forget gate at run time, once more if it was before. */
    public static <R extends Real<R>> Question<R> remembering(Question<R> q) {
        Tensor<R> b = q.tensor("b");
        Tensor<R> none = b.map(z -> q.arithmetic().zero());
        List<Tensor<R>> gates =
                new ArrayList<>(q.tensors().getOrDefault(Lstm.AT_RUN_TIME, none).slices());
        int f = q.convention("gate_order").indexOf('f');
        gates.set(f, gates.get(f).map(z -> z.plus(1)));
        return q.with(Lstm.AT_RUN_TIME, Tensor.stack(gates));
    }
}
