package org.goldgrad.reference.optimization;

import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Norm;

/**
 * What constrains the norm of weights after a step.
 *
 * <pre>
 *   ball               W where ‖W‖ ≤ r, else r u          the nearest point of the ball
 *   sphere             r u, and 0 where W = 0             the nearest point of the sphere
 *   sphere with ε      r/(‖W‖ + ε) W                      a norm of r‖W‖/(‖W‖ + ε) < r
 *
 *   u = W/‖W‖, Frobenius
 * </pre>
 *
 * @param radius r, more than 0
 */
public record Projection(double radius) {
    public Projection {
        Positive.require("radius", radius);
    }

    /** The nearest matrix whose norm is at most the radius. */
    public SimpleMatrix toBall(SimpleMatrix W) {
        return Norm.of(W) <= radius ? W.copy() : toSphere(W);
    }

    /** The nearest matrix whose norm is the radius; zeros stay. */
    public SimpleMatrix toSphere(SimpleMatrix W) {
        double norm = Norm.of(W);
        return norm > 0 ? W.divide(norm).scale(radius) : W.copy();
    }

    /** The same with a small number added to the norm in place of the question whether it is 0. */
    public SimpleMatrix toSphere(SimpleMatrix W, double epsilon) {
        return W.scale(radius / (Norm.of(W) + epsilon));
    }
}
