package org.goldgrad.reference.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * A vanilla recurrent layer: its state is a nonlinear function of the input and of the state before.
 *
 * <pre>
 *   a_t = x_t U + h_{t−1} W + 1b          h_t = φ(a_t)             t = 1 … T
 *
 *   x_t  batch×features                   U  features×hidden
 *   a_t, h_t  batch×hidden                W  hidden×hidden
 *   1  a column of batch ones             b  1×hidden
 * </pre>
 *
 * Elman 1990; EECS 182, homework 8, question 2(a), where states are columns, W^x is Uᵀ and W^h is Wᵀ.
 */
public final class VanillaRnn {
    final SimpleMatrix U;
    final SimpleMatrix W;
    final Activation phi;
    final int features;
    final int hidden;
    private final SimpleMatrix b;

    private VanillaRnn(SimpleMatrix U, SimpleMatrix W, SimpleMatrix b, Activation phi) {
        this.U = U.copy();
        this.W = W.copy();
        this.b = b.copy();
        this.phi = phi;
        this.features = U.getNumRows();
        this.hidden = W.getNumRows();
    }

    /** A layer with the weights U (features×hidden), W (hidden×hidden) and b (1×hidden) and the nonlinearity phi. */
    public static VanillaRnn of(SimpleMatrix U, SimpleMatrix W, SimpleMatrix b, Activation phi) {
        int hidden = W.getNumRows();
        new Shape(hidden, hidden).require("W", "hidden×hidden", W);
        new Shape(U.getNumRows(), hidden).require("U", "features×hidden", U);
        new Shape(1, hidden).require("b", "1×hidden", b);
        return new VanillaRnn(U, W, b, phi);
    }

    /**
     * Everything computed in one time step.
     *
     * @param a the pre-activation, batch×hidden
     * @param h the hidden state, batch×hidden
     */
    public record Step(SimpleMatrix a, SimpleMatrix h) {}

    /** The states h_1 … h_T of the layer, run over x (T ≥ 1 matrices, batch×features) from h0 (batch×hidden). */
    public List<SimpleMatrix> forward(List<SimpleMatrix> x, SimpleMatrix h0) {
        return steps(x, h0).stream().map(Step::h).toList();
    }

    /** As {@link #forward}, with the pre-activation of every time step. */
    public List<Step> steps(List<SimpleMatrix> x, SimpleMatrix h0) {
        new Shape(h0.getNumRows(), hidden).require("h0", "batch×hidden", h0);
        Sequence.require("x", "batch×features", new Shape(h0.getNumRows(), features), x);
        SimpleMatrix ones = SimpleMatrix.ones(h0.getNumRows(), 1);
        List<Step> steps = new ArrayList<>();
        SimpleMatrix h = h0;
        for (SimpleMatrix xt : x) {
            SimpleMatrix a = xt.mult(U).plus(h.mult(W)).plus(ones.mult(b));
            h = phi.of(a);
            steps.add(new Step(a, h));
        }
        return List.copyOf(steps);
    }
}
