package org.goldgrad.reference.optimization;

import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Norm;
import org.goldgrad.reference.Shape;

/**
 * Clipping gradients by their norm: what is longer than the limit is shortened to it, what is not stays as it is.
 *
 * <pre>
 *   clip(g) = f g         f = min(1, c/(‖g‖ + ε))        ε = 0, or 10⁻⁶ as in PyTorch
 *   dg = f dy                                            where f = 1
 *   dg = f (dy − ⟨u, dy⟩ ‖g‖/(‖g‖ + ε) u)                where f < 1; u = g/‖g‖
 *
 *   g, dy, dg  tensors×parameters
 * </pre>
 *
 * Pascanu, Mikolov and Bengio 2013, Algorithm 1.
 *
 * @param limit c, more than 0: with a limit below 0 every gradient would change its sign, and 0 would freeze them all
 *     (https://github.com/strands-labs/robots/pull/2028)
 * @param scope what has one norm
 * @param epsilon ε
 */
public record ClipByNorm(double limit, Scope scope, Epsilon epsilon) {

    /** What has one norm: all tensors together, or each tensor (a row) for itself. */
    public enum Scope {
        GLOBAL,
        TENSOR
    }

    /** What is added to the norm. */
    public enum Epsilon {
        NONE(0),
        ADDED(1e-6);

        private final double value;

        Epsilon(double value) {
            this.value = value;
        }
    }

    public ClipByNorm {
        Positive.require("limit", limit);
    }

    /** The clipped gradient. */
    public SimpleMatrix clip(SimpleMatrix g) {
        return switch (scope) {
            case GLOBAL -> g.scale(factor(Norm.of(g)));
            case TENSOR -> Rows.of(g.getNumRows(), i -> g.getRow(i).scale(factor(Norm.of(g.getRow(i)))));
        };
    }

    /** What the gradient {@code dy} of the clipped gradient is for g; no norm may be the limit, where there is none. */
    public SimpleMatrix gradient(SimpleMatrix g, SimpleMatrix dy) {
        Shape.of(g).require("dy", "the shape of g", dy);
        return switch (scope) {
            case GLOBAL -> back(g, dy);
            case TENSOR -> Rows.of(g.getNumRows(), i -> back(g.getRow(i), dy.getRow(i)));
        };
    }

    private SimpleMatrix back(SimpleMatrix g, SimpleMatrix dy) {
        double norm = Norm.of(g);
        double f = factor(norm);
        if (f == 1) {
            return dy.copy();
        }
        if (norm == 0) { // a limit below ε
            return dy.scale(f);
        }
        SimpleMatrix u = g.divide(norm);
        double along = u.elementMult(dy).elementSum() * (norm / (norm + epsilon.value));
        return dy.minus(u.scale(along)).scale(f);
    }

    private double factor(double norm) {
        return Math.min(1, limit / (norm + epsilon.value));
    }
}
