package org.goldgrad.reference.recurrent;

import java.util.List;
import java.util.stream.IntStream;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * A vanilla layer over a padded batch: every sequence runs for as many steps as it has, and no further.
 *
 * <pre>
 *   h_t = tanh(x_t U + h_{t−1} W + b)  for t = 1 … ℓ       h_t = 0  for t = ℓ+1 … T       last = h_ℓ
 *
 *   in each of the batch's rows with its own length ℓ      shapes as in {@link VanillaRnn}
 * </pre>
 *
 * The rows of a batch never meet, so each is run alone, as a batch of one; packing (PyTorch) and masking (Keras) are
 * faster ways to the same numbers.
 */
public final class VariableLengthRnn {
    final VanillaRnn rnn;

    private VariableLengthRnn(VanillaRnn rnn) {
        this.rnn = rnn;
    }

    /** A tanh layer with the weights U (features×hidden), W (hidden×hidden) and b (1×hidden). */
    public static VariableLengthRnn of(SimpleMatrix U, SimpleMatrix W, SimpleMatrix b) {
        return of(VanillaRnn.of(U, W, b, Activation.TANH));
    }

    /** The layer rnn, whatever its nonlinearity. */
    static VariableLengthRnn of(VanillaRnn rnn) {
        return new VariableLengthRnn(rnn);
    }

    /**
     * What a layer returns.
     *
     * @param h the hidden states of all T time steps, batch×hidden each, 0 where the sequence has ended
     * @param last the state of each sequence at its own end, batch×hidden
     */
    public record Output(List<SimpleMatrix> h, SimpleMatrix last) {}

    /** Runs over x (T ≥ 1 matrices, batch×features), each row of its length, from h0 (batch×hidden). */
    public Output forward(List<SimpleMatrix> x, List<Integer> lengths, SimpleMatrix h0) {
        Lengths ends = ends(x, lengths, h0);
        List<List<SimpleMatrix>> h = IntStream.range(0, ends.batch())
                .mapToObj(r -> rnn.forward(ends.sequence(r, x), h0.getRow(r)))
                .toList();
        return new Output(ends.padded(h::get), ends.stacked(r -> Sequence.last(h.get(r))));
    }

    /** The lengths, once all arguments have been found to fit. */
    Lengths ends(List<SimpleMatrix> x, List<Integer> lengths, SimpleMatrix h0) {
        int batch = h0.getNumRows();
        new Shape(batch, rnn.hidden).require("h0", "batch×hidden", h0);
        Sequence.require("x", "batch×features", new Shape(batch, rnn.features), x);
        return Lengths.of(lengths, batch, x.size());
    }
}
