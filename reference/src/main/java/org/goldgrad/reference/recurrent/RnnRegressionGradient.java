package org.goldgrad.reference.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * Backpropagation for {@link RnnRegression}, from the gradients of a loss L by the predictions and by their error.
 *
 * <p>Given dprediction_t = ∂L/∂prediction_t (direct part) and dloss = ∂L/∂loss:
 *
 * <pre>
 *   e_t = dprediction_t + dloss (2/n) (prediction_t − z_t) the second term only where z_t counts
 *   dF = Σ h_tᵀ e_t     df = Σ 1ᵀ e_t                      prediction_t = h_t F + 1f
 *   dh_t = e_t Fᵀ                                          and on as in {@link VanillaRnnGradient}
 * </pre>
 *
 * @param dx ∂L/∂x_t for every time step, batch×features each
 * @param dh0 ∂L/∂h_0, batch×hidden
 * @param dU ∂L/∂U, features×hidden
 * @param dW ∂L/∂W, hidden×hidden
 * @param db ∂L/∂b, 1×hidden
 * @param dF ∂L/∂F, hidden×outputs
 * @param df ∂L/∂f, 1×outputs
 */
public record RnnRegressionGradient(
        List<SimpleMatrix> dx,
        SimpleMatrix dh0,
        SimpleMatrix dU,
        SimpleMatrix dW,
        SimpleMatrix db,
        SimpleMatrix dF,
        SimpleMatrix df) {

    /** Runs the network over x from h0 against z, then back from dprediction (T matrices, batch×outputs) and dloss. */
    public static RnnRegressionGradient of(
            RnnRegression regression,
            List<SimpleMatrix> x,
            SimpleMatrix h0,
            List<SimpleMatrix> z,
            List<SimpleMatrix> dprediction,
            double dloss) {
        List<SimpleMatrix> h = regression.rnn.forward(x, h0);
        List<SimpleMatrix> prediction = regression.readout.ofEach(h);
        RnnRegression.requireTargets(prediction, z);
        Sequence.requireLikeX(x.size(), "dprediction", "batch×outputs", Shape.of(prediction.get(0)), dprediction);
        List<SimpleMatrix> byError = regression.error.gradient(prediction, z);
        List<SimpleMatrix> e = new ArrayList<>();
        for (int t = 0; t < x.size(); t++) {
            e.add(dprediction.get(t).plus(dloss, byError.get(t)));
        }
        Readout.Gradient read = regression.readout.gradient(h, e);
        VanillaRnnGradient run = VanillaRnnGradient.of(regression.rnn, x, h0, read.dh());
        return new RnnRegressionGradient(run.dx(), run.dh0(), run.dU(), run.dW(), run.db(), read.dF(), read.df());
    }
}
