package org.goldgrad.properties.optimization;

import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.properties.operation.Twist;

/** Every x becomes |x|. */
enum Magnitudes implements Twist.Change {
    CHANGE;

    @Override
    public <R extends Real<R>> Tensor<R> of(Tensor<R> tensor) {
        return tensor.map(R::abs);
    }
}
