package org.goldgrad.reference.optimization;

import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * A training loop's step: unscale, clip, decay, descend, project.
 *
 * <pre>
 *   g ← g/S                                  gradients of S times the loss
 *   g ← g + λθ                               decay before: λθ is part of the loss
 *   k = clip(g)
 *   k + λθ                                   decay after: the optimiser's, in the step alone
 *   θ ← P(θ − α(k + …))                      each tensor on its own into the ball of radius r
 *
 *   θ, g, k  tensors×parameters
 * </pre>
 *
 * @param scale S, more than 0
 * @param clip by one norm over all tensors
 * @param alpha α, the learning rate
 * @param lambda λ, the weight decay
 * @param ball of radius r
 */
public record ClippedDescent(double scale, ClipByNorm clip, double alpha, double lambda, Projection ball, Decay decay) {

    /** When λθ is added. */
    public enum Decay {
        AFTER,
        BEFORE
    }

    public ClippedDescent {
        Positive.require("scale", scale);
    }

    /** Parameters, and the clipped gradient that led to them; copied on their way in and out. */
    public record State(SimpleMatrix theta, SimpleMatrix clipped) {
        public State {
            Shape.of(theta).require("clipped", "the shape of theta", clipped);
            theta = theta.copy();
            clipped = clipped.copy();
        }

        /** Before the first step. */
        public static State at(SimpleMatrix theta) {
            return new State(theta, theta.createLike());
        }

        @Override
        public SimpleMatrix theta() {
            return theta.copy();
        }

        @Override
        public SimpleMatrix clipped() {
            return clipped.copy();
        }
    }

    /** The state after one step along the gradient of S times the loss, which has the shape of theta. */
    public State step(State state, SimpleMatrix gradient) {
        SimpleMatrix theta = state.theta;
        Shape.of(theta).require("g", "the shape of theta", gradient);
        SimpleMatrix g = gradient.divide(scale);
        SimpleMatrix clipped = clip.clip(decay == Decay.BEFORE ? g.plus(lambda, theta) : g);
        SimpleMatrix step = decay == Decay.AFTER ? clipped.plus(lambda, theta) : clipped;
        SimpleMatrix moved = theta.plus(-alpha, step);
        return new State(Rows.of(moved.getNumRows(), i -> ball.toBall(moved.getRow(i))), clipped);
    }
}
