package org.goldgrad.reference.optimization;

import org.ejml.simple.SimpleMatrix;

/** A rule that moves parameters against gradients; what it remembers from step to step is in the {@link State}. */
public interface Optimizer {

    /** The state before the first step from theta: t = 0, and every other letter at its start. */
    State at(SimpleMatrix theta);

    /**
     * The state after one step along the gradient g.
     *
     * @throws IllegalArgumentException if g does not have the shape of theta
     */
    State step(State state, SimpleMatrix g);
}
