package org.goldgrad.reference.optimization;

import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * Descent with a penalty on the gradient's norm: a second gradient, uphill of the first, is mixed in.
 *
 * <pre>
 *   L(θ) = ½‖Mθ − y‖² + ¼κΣθ⁴          ∇L(θ) = Mᵀ(Mθ − y) + κθ³
 *   g = ∇L(θ)      q = (1 − a)g + a∇L(θ + r g/‖g‖)      θ ← θ − lr q
 *
 *   θ, g, q  d×1     M  n×d     y  n×1     a = λ/r  between 0 and 1
 * </pre>
 *
 * Zhao, Zhang and Hu 2022, Algorithm 1. With a = 1 it is sharpness-aware minimization, with a = 0 plain descent.
 *
 * @param kappa κ ≥ 0, how much the loss departs from a quadratic
 * @param lr the learning rate
 * @param r how far uphill the second gradient is taken
 * @param a how much of it is mixed in
 */
public record GradientNormPenalty(double kappa, double lr, double r, double a) {

    /** The gradient that was followed, and the parameters after it; both copied on their way out. */
    public record State(SimpleMatrix q, SimpleMatrix theta) {
        public State {
            Shape.of(theta).require("q", "the shape of theta", q);
            q = q.copy();
            theta = theta.copy();
        }

        @Override
        public SimpleMatrix q() {
            return q.copy();
        }

        @Override
        public SimpleMatrix theta() {
            return theta.copy();
        }
    }

    /**
     * One step from θ (d×1) on the loss with these data.
     *
     * @throws IllegalArgumentException where the gradient is 0: uphill is nowhere
     */
    public State step(SimpleMatrix theta, SimpleMatrix M, SimpleMatrix y) {
        new Shape(M.getNumCols(), 1).require("theta", "parameters×1", theta);
        new Shape(M.getNumRows(), 1).require("y", "samples×1", y);
        SimpleMatrix g = gradient(theta, M, y);
        double norm = g.normF();
        if (norm == 0) {
            throw new IllegalArgumentException("the gradient at theta is 0 and has no direction");
        }
        SimpleMatrix uphill = theta.plus(r, g.divide(norm));
        SimpleMatrix q = g.scale(1 - a).plus(a, gradient(uphill, M, y));
        return new State(q, theta.plus(-lr, q));
    }

    private SimpleMatrix gradient(SimpleMatrix theta, SimpleMatrix M, SimpleMatrix y) {
        SimpleMatrix cubes = theta.elementMult(theta).elementMult(theta);
        return M.transpose().mult(M.mult(theta).minus(y)).plus(kappa, cubes);
    }
}
