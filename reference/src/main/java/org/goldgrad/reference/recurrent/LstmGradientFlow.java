package org.goldgrad.reference.recurrent;

import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Norm;

/**
 * How much of the loss's gradient arrives at each hidden state of an LSTM with a linear layer on top.
 *
 * <pre>
 *   prediction_t = h_t F + 1f             loss  the mean squared error, as in {@link RnnRegression}
 *   norms_t = ‖δ_t^h‖                     δ_t^h = ∂loss/∂h_t of {@link LstmGradient}
 *
 *   F  hidden×outputs                     ‖·‖  Euclidean, over batch and hidden
 *   f  1×outputs
 * </pre>
 *
 * That is what the loss gets through the output h_t, at once or through the gates of later steps; what the cell c_t
 * carries past h_t is not in it. EECS 182, homework 8, question 2(h).
 *
 * @param norms ‖∂loss/∂h_t‖ for every time step, T×1
 */
public record LstmGradientFlow(SimpleMatrix norms) {

    /** Runs lstm over x from h0 and c0 against z (T matrices, batch×outputs), and the loss's gradient back. */
    public static LstmGradientFlow of(
            Lstm lstm,
            SimpleMatrix F,
            SimpleMatrix f,
            Targets targets,
            List<SimpleMatrix> x,
            SimpleMatrix h0,
            SimpleMatrix c0,
            List<SimpleMatrix> z) {
        Readout readout = Readout.of(lstm.hidden, F, f);
        List<SimpleMatrix> h = lstm.forward(x, h0, c0).h();
        List<SimpleMatrix> prediction = readout.ofEach(h);
        RnnRegression.requireTargets(prediction, z);
        List<SimpleMatrix> dh = readout.gradient(h, new MeanSquaredError(targets).gradient(prediction, z))
                .dh();
        return new LstmGradientFlow(Norm.ofEach(
                LstmGradient.of(lstm, x, h0, c0, dh, c0.createLike()).Gamma()));
    }
}
