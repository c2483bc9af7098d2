package org.goldgrad.properties.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.properties.operation.Mistake;

/** A layer whose state survives: each sequence of a batch starts where the one before it ended. */
record StaleState(Definition layer) implements Definition {

    static Mistake mistake(Definition layer, UnaryOperator<Definition> from) {
        return Mistake.mistake(
                "stale-state-across-the-batch",
                "starts each sequence where the one before it ended",
                "h_0 of sequence k is h_T of sequence k - 1",
                from.apply(new StaleState(layer)));
    }

    @Override
    public <R extends Real<R>> Answer<R> of(Question<R> q) {
        List<Tensor<R>> h = new ArrayList<>();
        Tensor<R> state = q.tensor("h0").slice(0);
        for (Tensor<R> sequence : q.tensor("x").transpose(1, 0, 2).slices()) {
            int time = sequence.size(0);
            Tensor<R> steps = layer.of(q.with("x", sequence.reshape(time, 1, sequence.size(1)))
                            .with("h0", Tensor.stack(List.of(state))))
                    .output("h");
            h.add(steps.reshape(time, steps.size(2)));
            state = h.get(h.size() - 1).slice(time - 1);
        }
        return Answer.of("h", Tensor.stack(h).transpose(1, 0, 2));
    }
}
