package org.goldgrad.reference.recurrent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * Backpropagation for {@link StackedRnn}: down the stack, and in each layer back through time.
 *
 * <p>Given dh_t = ∂L/∂h_t for the top layer N and dlast^ℓ = ∂L/∂h_T^ℓ for every layer, for ℓ = N … 1, where dx^ℓ is the
 * gradient by the states of layer ℓ as far as they are the inputs of layer ℓ+1, and dx^N = dh:
 *
 * <pre>
 *   dh_t^ℓ = dx_t^ℓ + [t = T] dlast^ℓ                      the last state is an output of its own
 *   dx^{ℓ−1}, dh_0^ℓ, dU^ℓ, dW^ℓ, db^ℓ  from dh^ℓ          {@link VanillaRnnGradient} of layer ℓ
 *   dx = dx^0
 * </pre>
 *
 * @param dx ∂L/∂x_t for every time step, batch×features each
 * @param dh0 ∂L/∂h_0 of the first layer, batch×hidden
 * @param dU ∂L/∂U of the first layer, features×hidden
 * @param dW ∂L/∂W of the first layer, hidden×hidden
 * @param db ∂L/∂b of the first layer, 1×hidden
 * @param dH0 likewise for each layer above it, batch×hidden
 * @param dUA likewise for each layer above it, hidden×hidden
 * @param dWA likewise for each layer above it, hidden×hidden
 * @param dB likewise for each layer above it, 1×hidden
 */
public record StackedRnnGradient(
        List<SimpleMatrix> dx,
        SimpleMatrix dh0,
        SimpleMatrix dU,
        SimpleMatrix dW,
        SimpleMatrix db,
        List<SimpleMatrix> dH0,
        List<SimpleMatrix> dUA,
        List<SimpleMatrix> dWA,
        List<SimpleMatrix> dB) {

    /** Runs the stack over x from h0 and H0, then back from dh (T matrices), dlast0 and dlast, all batch×hidden. */
    public static StackedRnnGradient of(
            StackedRnn stack,
            List<SimpleMatrix> x,
            SimpleMatrix h0,
            List<SimpleMatrix> H0,
            List<SimpleMatrix> dh,
            SimpleMatrix dlast0,
            List<SimpleMatrix> dlast) {
        List<List<SimpleMatrix>> states = stack.states(x, h0, H0);
        Sequence.requireLikeX(x.size(), "dh", "batch×hidden", Shape.of(h0), dh);
        Shape.of(h0).require("dlast0", "batch×hidden", dlast0);
        stack.requireAbove("dlast", Shape.of(h0), dlast);
        List<VanillaRnnGradient> layers = new ArrayList<>();
        List<SimpleMatrix> dxAbove = dh;
        for (int l = stack.layers.size() - 1; l >= 0; l--) {
            boolean first = l == 0;
            VanillaRnnGradient layer = VanillaRnnGradient.of(
                    stack.layers.get(l),
                    first ? x : states.get(l - 1),
                    first ? h0 : H0.get(l - 1),
                    Sequence.plusAtEnd(dxAbove, first ? dlast0 : dlast.get(l - 1)));
            layers.add(layer);
            dxAbove = layer.dx();
        }
        Collections.reverse(layers);
        VanillaRnnGradient first = layers.get(0);
        List<VanillaRnnGradient> above = layers.subList(1, layers.size());
        return new StackedRnnGradient(
                first.dx(),
                first.dh0(),
                first.dU(),
                first.dW(),
                first.db(),
                above.stream().map(VanillaRnnGradient::dh0).toList(),
                above.stream().map(VanillaRnnGradient::dU).toList(),
                above.stream().map(VanillaRnnGradient::dW).toList(),
                above.stream().map(VanillaRnnGradient::db).toList());
    }
}
