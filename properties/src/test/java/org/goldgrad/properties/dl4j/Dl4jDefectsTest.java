package org.goldgrad.properties.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Defects listed in golden/findings/dl4j.md: a test that fails here says that one of them has been mended. */
final class Dl4jDefectsTest {
    /** h_t = x_t + h_{t-1}: h_1 = 1, h_2 = 2, and ∂h_2/∂W is h_1. */
    @Test
    void truncated_backpropagation_of_simple_rnn_begins_every_window_at_zero() {
        Part rnn = Part.of(Rnn.description(Activation.IDENTITY, 1, 1))
                .with("W", cube(1))
                .with("RW", cube(1));
        rnn.activateWindow(cube(1));
        rnn.backpropWindow(cube(0));
        assertEquals(2, rnn.activateWindow(cube(1)).getDouble(0));
        rnn.backpropWindow(cube(1));
        assertEquals(0, rnn.gradient("RW").getDouble(0)); // right would be 1
    }

    /** In the backward direction padding comes first; with a mask it must not matter. */
    @Test
    void padding_changes_the_gradient_of_a_bidirectional_lstm() {
        double without = backwardGradient(Nd4j.createFromArray(new double[][][] {{{1}}}), new double[][] {{1}});
        double with = backwardGradient(Nd4j.createFromArray(new double[][][] {{{1, 1}}}), new double[][] {{1, 0}});
        assertNotEquals(without, with, 0.001);
    }

    private static double backwardGradient(INDArray x, double[][] mask) {
        Part layer = Part.of(new Bidirectional(
                Bidirectional.Mode.ADD,
                new LSTM.Builder().nIn(1).nOut(1).activation(Activation.TANH).build()));
        for (Map.Entry<String, Integer> weights :
                Map.of("W", 4, "RW", 4, "b", 4).entrySet()) {
            for (String direction : new String[] {"f", "b"}) {
                layer.with(direction + weights.getKey(), Nd4j.ones(weights.getValue()));
            }
        }
        INDArray padding = Nd4j.createFromArray(mask);
        layer.masked(padding).activate(x);
        layer.backprop(padding.reshape(x.shape()));
        return layer.gradient("bb").getDouble(0);
    }

    /** The probability e⁻⁵⁰ is taken for 1e-10, so the loss is 23.03; its gradient is that of the loss unclipped. */
    @Test
    void cross_entropy_is_never_more_than_23() {
        Part loss = Part.of(new LossLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .build())
                .labelled(Nd4j.createFromArray(new double[][] {{1, 0}}));
        loss.activate(Nd4j.createFromArray(new double[][] {{0, 50}}));
        assertEquals(-Math.log(1e-10), loss.score(), 1e-12); // right would be 50
        assertEquals(-1, loss.backprop().getDouble(0), 1e-12);
    }

    @Test
    void simple_rnn_with_layer_norm_never_answers() {
        Part rnn = Part.of(new SimpleRnn.Builder()
                .nIn(1)
                .nOut(1)
                .activation(Activation.TANH)
                .hasLayerNorm(true)
                .build());
        assertThrows(IllegalStateException.class, () -> rnn.activate(cube(1)));
    }

    @Test
    void bidirectional_of_last_time_step_has_no_backward_pass() {
        Part layer = Part.of(
                new Bidirectional(Bidirectional.Mode.ADD, new LastTimeStep(Rnn.description(Activation.TANH, 1, 1))));
        INDArray last = layer.activate(cube(1));
        assertThrows(IllegalArgumentException.class, () -> layer.backprop(last));
    }

    /** It compares the predictions with themselves, or throws where there are not as many features as steps. */
    @Test
    void the_score_of_rnn_loss_layer_is_zero_where_time_comes_second() {
        assertEquals(4, score(RNNFormat.NCW));
        assertEquals(0, score(RNNFormat.NWC)); // right would be 4, too
    }

    private static double score(RNNFormat format) {
        Part loss = Part.of(new RnnLossLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .dataFormat(format)
                        .build())
                .labelled(cube(3));
        loss.activate(cube(1));
        return loss.score();
    }

    private static INDArray cube(double value) {
        return Nd4j.createFromArray(new double[][][] {{{value}}});
    }
}
