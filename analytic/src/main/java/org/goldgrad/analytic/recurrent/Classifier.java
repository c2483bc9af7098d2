package org.goldgrad.analytic.recurrent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.goldgrad.analytic.arithmetic.Affine;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;

/**
 * A classifier of sequences: a recurrent layer, a linear one on its last state, and the likelihood of the labels.
 *
 * <pre>
 *   h_t = tanh(x_t U + h_{t−1} W + b)       logits = h_T F + f
 *   logp = logits − log Σ_c e^{logits_c}    loss = −(1/batch) Σ_k logp of the label of sequence k
 *   F  hidden×classes     f  classes     labels  batch, integers from 0 to classes − 1     logits, logp  batch×classes
 * </pre>
 */
public record Classifier(Definition layer) implements Definition {
    /** The network as defined above. */
    public static final Classifier NETWORK = new Classifier(VanillaRnn.LAYER);

    @Override
    public <R extends Real<R>> Answer<R> of(Question<R> q) {
        Tensor<R> h = layer.of(q.withConvention("nonlinearity", "tanh")).output("h");
        Tensor<R> logits = Affine.of(h.slice(h.size(0) - 1), q.tensor("F"))
                .plus(q.tensor("f"))
                .sum();
        Tensor<R> logp = logSoftmax(logits);
        List<Tensor<R>> likely = new ArrayList<>();
        for (int k = 0; k < logp.size(0); k++) {
            int label = (int) q.tensor("labels").at(k).doubleValue();
            likely.add(Tensor.scalar(logp.get(k, label)));
        }
        R loss = Tensor.stack(likely).sum().dividedBy(likely.size()).negate();
        return Answer.of("logp", logp).and("loss", loss).through("h", h).through("logits", logits);
    }

    /**
     * Row by row, shifted by the logit that looks largest: any shift changes nothing, and this one keeps every exponential
     * from overflowing and their sum from vanishing.
     */
    public static <R extends Real<R>> Tensor<R> logSoftmax(Tensor<R> logits) {
        return Tensor.stack(logits.slices().stream()
                .map(row -> {
                    R shift = Stream.of(row.elements())
                            .max(Comparator.comparingDouble(R::doubleValue))
                            .orElseThrow()
                            .detach();
                    Tensor<R> shifted = row.map(logit -> logit.minus(shift));
                    R logSum = shifted.map(R::exp).sum().log();
                    return shifted.map(logit -> logit.minus(logSum));
                })
                .toList());
    }
}
