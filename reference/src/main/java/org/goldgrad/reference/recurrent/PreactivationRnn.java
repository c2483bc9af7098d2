package org.goldgrad.reference.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * A recurrent layer whose state is the sum before the nonlinearity, which is applied when the state is next used.
 *
 * <pre>
 *   h_t = φ(h_{t−1}) W + x_t U + 1b       t = 1 … T
 *
 *   x_t  batch×features                   U  features×hidden
 *   h_t  batch×hidden                     W  hidden×hidden
 *   1  a column of batch ones             b  1×hidden
 * </pre>
 *
 * IFT6135, assignment 2, question 5.1, where states are columns. Its φ(h_t) are the states of a {@link VanillaRnn} that
 * begins in φ(h_0).
 */
public final class PreactivationRnn {
    final SimpleMatrix U;
    final SimpleMatrix W;
    final Activation phi;
    private final SimpleMatrix b;

    private PreactivationRnn(SimpleMatrix U, SimpleMatrix W, SimpleMatrix b, Activation phi) {
        this.U = U.copy();
        this.W = W.copy();
        this.b = b.copy();
        this.phi = phi;
    }

    /** A layer with the weights U (features×hidden), W (hidden×hidden) and b (1×hidden) and the nonlinearity phi. */
    public static PreactivationRnn of(SimpleMatrix U, SimpleMatrix W, SimpleMatrix b, Activation phi) {
        int hidden = W.getNumRows();
        new Shape(hidden, hidden).require("W", "hidden×hidden", W);
        new Shape(U.getNumRows(), hidden).require("U", "features×hidden", U);
        new Shape(1, hidden).require("b", "1×hidden", b);
        return new PreactivationRnn(U, W, b, phi);
    }

    /** The states h_1 … h_T of the layer, run over x (T ≥ 1 matrices, batch×features) from h0 (batch×hidden). */
    public List<SimpleMatrix> forward(List<SimpleMatrix> x, SimpleMatrix h0) {
        new Shape(h0.getNumRows(), W.getNumRows()).require("h0", "batch×hidden", h0);
        Sequence.require("x", "batch×features", new Shape(h0.getNumRows(), U.getNumRows()), x);
        SimpleMatrix ones = SimpleMatrix.ones(h0.getNumRows(), 1);
        List<SimpleMatrix> states = new ArrayList<>();
        SimpleMatrix h = h0;
        for (SimpleMatrix xt : x) {
            h = phi.of(h).mult(W).plus(xt.mult(U)).plus(ones.mult(b));
            states.add(h);
        }
        return List.copyOf(states);
    }
}
