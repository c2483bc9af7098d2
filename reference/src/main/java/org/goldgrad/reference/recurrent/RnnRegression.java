package org.goldgrad.reference.recurrent;

import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * Regression on a sequence: a vanilla layer, a linear layer on each of its states, and the mean squared error.
 *
 * <pre>
 *   h_t as in {@link VanillaRnn}
 *   prediction_t = h_t F + 1f             t = 1 … T
 *   loss = (1/n) Σ (prediction_t − z_t)²  over t = 1 … T, or t = T alone, the batch and the outputs; n terms
 *
 *   F  hidden×outputs                     prediction_t, z_t  batch×outputs
 *   f  1×outputs
 * </pre>
 *
 * EECS 182, homework 8, question 2(b, c).
 */
public final class RnnRegression {
    final VanillaRnn rnn;
    final Readout readout;
    final MeanSquaredError error;

    private RnnRegression(VanillaRnn rnn, Readout readout, MeanSquaredError error) {
        this.rnn = rnn;
        this.readout = readout;
        this.error = error;
    }

    /** A network of the layer rnn and the weights F (hidden×outputs) and f (1×outputs), with such targets. */
    public static RnnRegression of(VanillaRnn rnn, SimpleMatrix F, SimpleMatrix f, Targets targets) {
        return new RnnRegression(rnn, Readout.of(rnn.hidden, F, f), new MeanSquaredError(targets));
    }

    /**
     * What a network returns.
     *
     * @param prediction the predictions of all T time steps, batch×outputs each
     * @param loss the mean squared error of those that have a target
     */
    public record Output(List<SimpleMatrix> prediction, double loss) {}

    /**
     * Runs the network over x (T ≥ 1 matrices, batch×features) from h0 (batch×hidden), and compares with z (T matrices,
     * batch×outputs).
     */
    public Output forward(List<SimpleMatrix> x, SimpleMatrix h0, List<SimpleMatrix> z) {
        List<SimpleMatrix> prediction = readout.ofEach(rnn.forward(x, h0));
        requireTargets(prediction, z);
        return new Output(prediction, error.of(prediction, z));
    }

    /** Refuses z unless it has the shape of the predictions. */
    static void requireTargets(List<SimpleMatrix> prediction, List<SimpleMatrix> z) {
        Sequence.requireLikeX(prediction.size(), "z", "batch×outputs", Shape.of(prediction.get(0)), z);
    }
}
