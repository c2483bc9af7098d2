package org.goldgrad.reference.optimization;

import org.ejml.simple.SimpleMatrix;

/**
 * How weight decay λ enters a step of rate α.
 *
 * <pre>
 *   coupled      g ← g + λθ             through the gradient, and so through whatever remembers it: L2
 *   decoupled    θ ← … − αλθ            beside the step: AdamW in PyTorch and Keras
 *   unscaled     θ ← … − λθ             beside the step, whatever the rate: TensorFlow Addons
 * </pre>
 *
 * Beside the step it is the θ before the step that decays (Loshchilov and Hutter 2019).
 */
public enum Decay {
    COUPLED,
    DECOUPLED,
    UNSCALED;

    /** The gradient that the rule sees. */
    SimpleMatrix gradient(SimpleMatrix g, double lambda, SimpleMatrix theta) {
        return this == COUPLED ? g.plus(lambda, theta) : g;
    }

    /** The parameters after the step, of which next is what the rule alone would make of theta. */
    SimpleMatrix beside(SimpleMatrix next, double alpha, double lambda, SimpleMatrix theta) {
        return switch (this) {
            case COUPLED -> next;
            case DECOUPLED -> next.minus(theta.scale(alpha * lambda));
            case UNSCALED -> next.minus(theta.scale(lambda));
        };
    }
}
