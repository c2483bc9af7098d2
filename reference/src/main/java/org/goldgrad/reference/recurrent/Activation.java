package org.goldgrad.reference.recurrent;

import org.ejml.simple.SimpleMatrix;

/**
 * The nonlinearities of recurrent networks, each with its derivative taken at the pre-activation.
 *
 * <pre>
 *   tanh(a) = (e^a − e^{−a})/(e^a + e^{−a})    tanh'(a) = 1/cosh²(a)           ≤ 1
 *   relu(a) = max(0, a)                        relu'(a) = 1 if a > 0, else 0   ≤ 1
 *   σ(a) = 1/(1 + e^{−a})                      σ'(a) = σ(a) σ(−a)              ≤ 1/4
 *   id(a) = a                                  id'(a) = 1                      ≤ 1
 * </pre>
 *
 * The usual σ(1 − σ) and 1 − tanh² lose every digit where the unit saturates (from a = 37 and a = 20 on they are
 * exactly 0); these forms stay within a few ulp down to the smallest normal number. At its kink relu has no derivative;
 * 0 is what frameworks answer there.
 */
public enum Activation {
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
    },

    RELU {
        @Override
        double value(double a) {
            return Math.max(0, a);
        }

        @Override
        double derivative(double a) {
            return Math.max(0, Math.signum(a));
        }
    },

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

        @Override
        double steepest() {
            return 0.25;
        }
    },

    IDENTITY {
        @Override
        double value(double a) {
            return a;
        }

        @Override
        double derivative(double a) {
            return 1;
        }
    };

    abstract double value(double a);

    abstract double derivative(double a);

    /** The largest derivative anywhere, often γ. */
    double steepest() {
        return 1;
    }

    /** The value at every entry of A. */
    SimpleMatrix of(SimpleMatrix A) {
        return A.elementOp((int row, int column, double a) -> value(a));
    }

    /** The derivative at every entry of A. */
    SimpleMatrix derivativeAt(SimpleMatrix A) {
        return A.elementOp((int row, int column, double a) -> derivative(a));
    }
}
