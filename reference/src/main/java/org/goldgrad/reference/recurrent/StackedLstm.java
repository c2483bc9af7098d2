package org.goldgrad.reference.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * A stack of LSTM layers: the hidden states of one are the inputs of the next, and each has a cell of its own.
 *
 * <pre>
 *   x^0 = x_1 … x_T      x^ℓ = h of layer ℓ over x^{ℓ−1} from its own h_0^ℓ and c_0^ℓ      h = x^N
 *
 *   layer 1 takes features, those above it hidden numbers
 * </pre>
 *
 * EECS 182, homework 8, question 2(k).
 */
public final class StackedLstm {
    final List<Lstm> layers;

    private StackedLstm(List<Lstm> layers) {
        this.layers = layers;
    }

    /** The layer first, and those above it, from the lowest up, each taking as many features as first has units. */
    public static StackedLstm of(Lstm first, List<Lstm> above) {
        int hidden = first.hidden;
        for (int l = 0; l < above.size(); l++) {
            new Shape(hidden, 4 * hidden).require("UA_" + (l + 1), "hidden×4·hidden", above.get(l).U);
        }
        return new StackedLstm(Stream.concat(Stream.of(first), above.stream()).toList());
    }

    /**
     * The hidden states of the top layer of the stack, run over x (T ≥ 1 matrices, batch×features) from h0, c0, H0 and
     * C0, two states (batch×hidden) for each layer.
     */
    public List<SimpleMatrix> forward(
            List<SimpleMatrix> x, SimpleMatrix h0, SimpleMatrix c0, List<SimpleMatrix> H0, List<SimpleMatrix> C0) {
        return Sequence.last(states(x, h0, c0, H0, C0));
    }

    /** The hidden states of every layer, the lowest first. */
    List<List<SimpleMatrix>> states(
            List<SimpleMatrix> x, SimpleMatrix h0, SimpleMatrix c0, List<SimpleMatrix> H0, List<SimpleMatrix> C0) {
        requireAbove("H0", Shape.of(h0), H0);
        requireAbove("C0", Shape.of(h0), C0);
        List<List<SimpleMatrix>> states = new ArrayList<>();
        List<SimpleMatrix> below = x;
        for (int l = 0; l < layers.size(); l++) {
            boolean first = l == 0;
            below = layers.get(l)
                    .forward(below, first ? h0 : H0.get(l - 1), first ? c0 : C0.get(l - 1))
                    .h();
            states.add(below);
        }
        return List.copyOf(states);
    }

    private void requireAbove(String name, Shape state, List<SimpleMatrix> list) {
        Sequence.requireCount(layers.size() - 1, "entries, one for each layer above the first", name, list);
        Sequence.requireEach(name, "batch×hidden", state, list);
    }
}
