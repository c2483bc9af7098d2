package org.goldgrad.properties.recurrent;

import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.recurrent.Nonlinearity;

/**
 * The slopes of nonlinearities in closed form, for the laws.
 *
 * <pre>
 *   tanh′(a) = 1 − tanh² a      relu′(a) = 1 if a > 0, else 0      σ′(a) = σ(a)(1 − σ(a))      identity′(a) = 1
 * </pre>
 */
final class Slopes {
    private Slopes() {}

    static Tensor<DoubleDouble> of(Nonlinearity phi, Tensor<DoubleDouble> a) {
        return a.map(x -> of(phi, x));
    }

    private static DoubleDouble of(Nonlinearity phi, DoubleDouble a) {
        DoubleDouble one = DoubleDouble.ARITHMETIC.one();
        return switch (phi) {
            case TANH -> one.minus(a.tanh().square());
            case SIGMOID -> a.sigmoid().times(one.minus(a.sigmoid()));
            case RELU -> a.positive();
            case IDENTITY -> one;
        };
    }
}
