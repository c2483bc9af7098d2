package org.goldgrad.reference.recurrent;

import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * A classifier of sequences: the last state of a vanilla layer, read by a linear layer, says how likely each class is.
 *
 * <pre>
 *   h_t as in {@link VanillaRnn}          y = h_T F + 1f           logp_k = y_k − log Σ_j e^{y_j}
 *   loss = −(1/batch) Σ_r logp_{r, label_r}
 *
 *   F  hidden×classes                     y, logp  batch×classes
 *   f  1×classes                          labels   one of 0 … classes − 1 for each sequence
 * </pre>
 *
 * EECS 182, homework 8, question 3, where x_t are characters, as rows with a single one.
 */
public final class SequenceClassifier {
    final VanillaRnn rnn;
    final Readout readout;

    private SequenceClassifier(VanillaRnn rnn, Readout readout) {
        this.rnn = rnn;
        this.readout = readout;
    }

    /** A classifier of the layer rnn and the weights F (hidden×classes) and f (1×classes). */
    public static SequenceClassifier of(VanillaRnn rnn, SimpleMatrix F, SimpleMatrix f) {
        return new SequenceClassifier(rnn, Readout.of(rnn.hidden, F, f));
    }

    /**
     * What a classifier returns.
     *
     * @param logp the logarithms of the probabilities, batch×classes
     * @param loss the mean negative log likelihood of the labels
     */
    public record Output(SimpleMatrix logp, double loss) {}

    /** Runs the classifier over x (T ≥ 1 matrices, batch×features) from h0 (batch×hidden), against the labels. */
    public Output forward(List<SimpleMatrix> x, SimpleMatrix h0, List<Integer> labels) {
        SimpleMatrix hT = Sequence.last(rnn.forward(x, h0));
        SimpleMatrix y = readout.of(hT);
        requireLabels(Shape.of(y), labels);
        SimpleMatrix logp = LogSoftmax.of(y);
        double sum = 0;
        for (int r = 0; r < labels.size(); r++) {
            sum += logp.get(r, labels.get(r));
        }
        return new Output(logp, -sum / labels.size());
    }

    /** Refuses labels that are not one for each row, each one of its columns. */
    static void requireLabels(Shape y, List<Integer> labels) {
        Sequence.requireCount(y.rows(), "entries, one for each sequence of the batch", "labels", labels);
        for (int label : labels) {
            if (label < 0 || label >= y.columns()) {
                throw new IllegalArgumentException(
                        "labels must be from 0 to classes − 1 = " + (y.columns() - 1) + ", one is " + label);
            }
        }
    }
}
