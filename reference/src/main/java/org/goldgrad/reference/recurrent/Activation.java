package org.goldgrad.reference.recurrent;

import org.ejml.simple.SimpleMatrix;

/**
 * The squashing functions of the gates, each with its derivative taken at the pre-activation.
 *
 * <pre>
 *   σ(a) = 1/(1 + e^{−a})                      σ'(a) = σ(a) σ(−a)
 *   tanh(a) = (e^a − e^{−a})/(e^a + e^{−a})    tanh'(a) = 1/cosh²(a)
 * </pre>
 *
 * The usual σ(1 − σ) and 1 − tanh² lose every digit where the unit saturates (from a = 37 and a = 20 on they are
 * exactly 0); these forms stay within a few ulp down to the smallest normal number.
 */
enum Activation {
    SIGMOID {
        @Override
        double value(double a) {
            double e = StrictMath.exp(-Math.abs(a));
            return a < 0 ? e / (1 + e) : 1 / (1 + e);
        }

        @Override
        double derivative(double a) {
            return value(a) * value(-a);
        }
    },

    TANH {
        @Override
        double value(double a) {
            return StrictMath.tanh(a);
        }

        @Override
        double derivative(double a) {
            double sech = 1 / StrictMath.cosh(a);
            return sech * sech;
        }
    };

    abstract double value(double a);

    abstract double derivative(double a);

    /** The value at every entry of A. */
    SimpleMatrix of(SimpleMatrix A) {
        return A.elementOp((int row, int column, double a) -> value(a));
    }

    /** The derivative at every entry of A. */
    SimpleMatrix derivativeAt(SimpleMatrix A) {
        return A.elementOp((int row, int column, double a) -> derivative(a));
    }
}
