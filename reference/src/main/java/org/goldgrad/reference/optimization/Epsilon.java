package org.goldgrad.reference.optimization;

import org.ejml.simple.SimpleMatrix;

/**
 * Where the ε stands that keeps a divisor away from 0.
 *
 * <pre>
 *   inside     √(v + ε)
 *   outside    √v + ε
 * </pre>
 */
public enum Epsilon {
    INSIDE {
        @Override
        SimpleMatrix root(SimpleMatrix v, double epsilon) {
            return Each.of(v, x -> Math.sqrt(x + epsilon));
        }
    },
    OUTSIDE {
        @Override
        SimpleMatrix root(SimpleMatrix v, double epsilon) {
            return Each.of(v, x -> Math.sqrt(x) + epsilon);
        }
    };

    abstract SimpleMatrix root(SimpleMatrix v, double epsilon);
}
