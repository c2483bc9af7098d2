package org.goldgrad.reference.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * Backpropagation for {@link SequenceClassifier}, from the gradients of L by the log probabilities and by the loss.
 *
 * <p>Given dlogp = ∂L/∂logp (direct part) and dloss = ∂L/∂loss, with onehot_r the row with a one at label_r:
 *
 * <pre>
 *   e = dlogp − (dloss/batch) onehot                       loss = −(1/batch) Σ_r logp_{r, label_r}
 *   dy_k = e_k − p_k Σ_j e_j                               {@link LogSoftmax}; (dloss/batch)(p − onehot) if dlogp = 0
 *   dF = h_Tᵀ dy     df = 1ᵀ dy                            y = h_T F + 1f
 *   dh_T = dy Fᵀ     dh_t = 0 for t < T                    and on as in {@link VanillaRnnGradient}
 * </pre>
 *
 * @param dU ∂L/∂U, features×hidden
 * @param dW ∂L/∂W, hidden×hidden
 * @param db ∂L/∂b, 1×hidden
 * @param dF ∂L/∂F, hidden×classes
 * @param df ∂L/∂f, 1×classes
 */
public record SequenceClassifierGradient(
        SimpleMatrix dU, SimpleMatrix dW, SimpleMatrix db, SimpleMatrix dF, SimpleMatrix df) {

    /** Runs the classifier over x from h0 against the labels, then back from dlogp (batch×classes) and dloss. */
    public static SequenceClassifierGradient of(
            SequenceClassifier classifier,
            List<SimpleMatrix> x,
            SimpleMatrix h0,
            List<Integer> labels,
            SimpleMatrix dlogp,
            double dloss) {
        SimpleMatrix hT = Sequence.last(classifier.rnn.forward(x, h0));
        SimpleMatrix y = classifier.readout.of(hT);
        SequenceClassifier.requireLabels(Shape.of(y), labels);
        Shape.of(y).require("dlogp", "batch×classes", dlogp);
        SimpleMatrix e = dlogp.copy();
        for (int r = 0; r < labels.size(); r++) {
            e.set(r, labels.get(r), e.get(r, labels.get(r)) - dloss / labels.size());
        }
        Readout.Gradient read = classifier.readout.gradient(List.of(hT), List.of(LogSoftmax.gradient(y, e)));
        List<SimpleMatrix> dh = new ArrayList<>(Sequence.zeros(x.size() - 1, Shape.of(hT)));
        dh.add(read.dh().get(0));
        VanillaRnnGradient run = VanillaRnnGradient.of(classifier.rnn, x, h0, dh);
        return new SequenceClassifierGradient(run.dU(), run.dW(), run.db(), read.dF(), read.df());
    }
}
