package org.goldgrad.reference.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * A stack of vanilla layers: the states of one are the inputs of the next.
 *
 * <pre>
 *   x^0 = x_1 … x_T      x^ℓ = layer ℓ over x^{ℓ−1} from its own h_0^ℓ      h = x^N, the states of the top layer
 *
 *   layer 1 features×hidden, those above it hidden×hidden
 * </pre>
 *
 * EECS 182, homework 8, question 2(k).
 */
public final class StackedRnn {
    final List<VanillaRnn> layers;

    private StackedRnn(List<VanillaRnn> layers) {
        this.layers = layers;
    }

    /** The layer first, and those above it, from the lowest up, each taking as many features as first has units. */
    public static StackedRnn of(VanillaRnn first, List<VanillaRnn> above) {
        int hidden = first.hidden;
        for (int l = 0; l < above.size(); l++) {
            new Shape(hidden, hidden).require("UA_" + (l + 1), "hidden×hidden", above.get(l).U);
        }
        return new StackedRnn(Stream.concat(Stream.of(first), above.stream()).toList());
    }

    /**
     * What a stack returns.
     *
     * @param h the states of the top layer at all T time steps, batch×hidden each
     * @param last0 the last state of the first layer, batch×hidden
     * @param last the last states of the layers above it, batch×hidden each
     */
    public record Output(List<SimpleMatrix> h, SimpleMatrix last0, List<SimpleMatrix> last) {}

    /** Runs the stack over x (T ≥ 1 matrices, batch×features) from h0 and H0, a state (batch×hidden) for each layer. */
    public Output forward(List<SimpleMatrix> x, SimpleMatrix h0, List<SimpleMatrix> H0) {
        List<List<SimpleMatrix>> states = states(x, h0, H0);
        List<SimpleMatrix> last =
                states.stream().map(h -> Sequence.last(h).copy()).toList();
        return new Output(Sequence.last(states), last.get(0), last.subList(1, last.size()));
    }

    /** The states of every layer, the lowest first. */
    List<List<SimpleMatrix>> states(List<SimpleMatrix> x, SimpleMatrix h0, List<SimpleMatrix> H0) {
        requireAbove("H0", Shape.of(h0), H0);
        List<List<SimpleMatrix>> states = new ArrayList<>();
        List<SimpleMatrix> below = x;
        for (int l = 0; l < layers.size(); l++) {
            below = layers.get(l).forward(below, l == 0 ? h0 : H0.get(l - 1));
            states.add(below);
        }
        return List.copyOf(states);
    }

    /** Refuses a list that is not one state for each layer above the first. */
    void requireAbove(String name, Shape state, List<SimpleMatrix> list) {
        Sequence.requireCount(layers.size() - 1, "entries, one for each layer above the first", name, list);
        Sequence.requireEach(name, "batch×hidden", state, list);
    }
}
