package org.goldgrad.analytic.recurrent;

import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;

/**
 * The weights of several gates in one array, and the letters of the gates in the order in which they stand there.
 *
 * @param parts one for each gate: a matrix from an array n×gates×hidden, a vector from gates×hidden
 */
record PackedWeights<R extends Real<R>>(String order, List<Tensor<R>> parts) {
    static <R extends Real<R>> PackedWeights<R> of(String order, Tensor<R> packed) {
        return new PackedWeights<>(order, (packed.rank() == 3 ? packed.transpose(1, 0, 2) : packed).slices());
    }

    /** The part that belongs to a gate. */
    Tensor<R> of(char gate) {
        return parts.get(order.indexOf(gate));
    }
}
