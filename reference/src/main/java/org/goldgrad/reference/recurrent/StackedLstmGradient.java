package org.goldgrad.reference.recurrent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * Backpropagation for {@link StackedLstm}: down the stack, and in each layer back through time.
 *
 * <p>Given dh_t = ∂L/∂h_t for the top layer N, for ℓ = N … 1, where dx^ℓ is the gradient by the hidden states of layer
 * ℓ, which are the inputs of layer ℓ+1, and dx^N = dh:
 *
 * <pre>
 *   dx^{ℓ−1}, dh_0^ℓ, dc_0^ℓ, dU^ℓ, dW^ℓ, db^ℓ             {@link LstmGradient} of layer ℓ from dx^ℓ and
 *                                                          dc^ℓ = 0, as the last cell states are no outputs
 *   dx = dx^0
 * </pre>
 *
 * @param dx ∂L/∂x_t for every time step, batch×features each
 * @param dh0 ∂L/∂h_0 of the first layer, batch×hidden
 * @param dc0 ∂L/∂c_0 of the first layer, batch×hidden
 * @param dU ∂L/∂U of the first layer, features×4·hidden, packed in the layer's gate order
 * @param dW ∂L/∂W of the first layer, hidden×4·hidden, packed
 * @param db ∂L/∂b of the first layer, 1×4·hidden, packed
 * @param dH0 likewise for each layer above it, batch×hidden
 * @param dC0 likewise for each layer above it, batch×hidden
 * @param dUA likewise for each layer above it, hidden×4·hidden
 * @param dWA likewise for each layer above it, hidden×4·hidden
 * @param dB likewise for each layer above it, 1×4·hidden
 */
public record StackedLstmGradient(
        List<SimpleMatrix> dx,
        SimpleMatrix dh0,
        SimpleMatrix dc0,
        SimpleMatrix dU,
        SimpleMatrix dW,
        SimpleMatrix db,
        List<SimpleMatrix> dH0,
        List<SimpleMatrix> dC0,
        List<SimpleMatrix> dUA,
        List<SimpleMatrix> dWA,
        List<SimpleMatrix> dB) {

    /** Runs the stack over x from h0, c0, H0 and C0, then back from dh (T matrices, batch×hidden). */
    public static StackedLstmGradient of(
            StackedLstm stack,
            List<SimpleMatrix> x,
            SimpleMatrix h0,
            SimpleMatrix c0,
            List<SimpleMatrix> H0,
            List<SimpleMatrix> C0,
            List<SimpleMatrix> dh) {
        List<List<SimpleMatrix>> states = stack.states(x, h0, c0, H0, C0);
        Sequence.requireLikeX(x.size(), "dh", "batch×hidden", Shape.of(h0), dh);
        List<LstmGradient> layers = new ArrayList<>();
        List<SimpleMatrix> dxAbove = dh;
        for (int l = stack.layers.size() - 1; l >= 0; l--) {
            boolean first = l == 0;
            LstmGradient layer = LstmGradient.of(
                    stack.layers.get(l),
                    first ? x : states.get(l - 1),
                    first ? h0 : H0.get(l - 1),
                    first ? c0 : C0.get(l - 1),
                    dxAbove,
                    c0.createLike());
            layers.add(layer);
            dxAbove = layer.dx();
        }
        Collections.reverse(layers);
        LstmGradient first = layers.get(0);
        List<LstmGradient> above = layers.subList(1, layers.size());
        return new StackedLstmGradient(
                first.dx(),
                first.dh0(),
                first.dc0(),
                first.dU(),
                first.dW(),
                first.db(),
                above.stream().map(LstmGradient::dh0).toList(),
                above.stream().map(LstmGradient::dc0).toList(),
                above.stream().map(LstmGradient::dU).toList(),
                above.stream().map(LstmGradient::dW).toList(),
                above.stream().map(LstmGradient::db).toList());
    }
}
