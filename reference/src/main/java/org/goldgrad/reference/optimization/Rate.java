package org.goldgrad.reference.optimization;

/**
 * Where the learning rate enters: into the velocity, or when the velocity is applied.
 *
 * <pre>
 *   inside     v ← μv + αs      θ ← θ − v
 *   outside    v ← μv + s       θ ← θ − αv
 * </pre>
 */
public enum Rate {
    INSIDE,
    OUTSIDE;

    /** What a new step is multiplied by on its way into the velocity. */
    double inside(double alpha) {
        return this == INSIDE ? alpha : 1;
    }

    /** What the velocity is multiplied by on its way into the parameters. */
    double outside(double alpha) {
        return this == OUTSIDE ? alpha : 1;
    }
}
