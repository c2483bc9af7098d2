package org.goldgrad.reference.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * A long short-term memory layer: gates decide what its cell forgets, takes in and shows.
 *
 * <pre>
 *   a_t = x_t U + h_{t−1} W + 1b           batch×4·hidden, four blocks a^f, a^i, a^o, a^g in the gate order
 *   f_t = σ(a_t^f)    i_t = σ(a_t^i)    o_t = σ(a_t^o)    g_t = tanh(a_t^g)
 *   c_t = f_t ⊙ c_{t−1} + i_t ⊙ g_t
 *   h_t = tanh(c_t) ⊙ o_t                  t = 1 … T
 *
 *   x_t  batch×features                    U  features×4·hidden    column q·hidden + j is unit j of gate block q:
 *   h_t, c_t and the gates  batch×hidden   W  hidden×4·hidden      row-major, the same numbers as
 *   1  a column of batch ones              b  1×4·hidden           (features, 4, hidden) and so on
 * </pre>
 *
 * Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000; EECS 182, homework 8, question 2(h).
 */
public final class Lstm {
    final SimpleMatrix U;
    final SimpleMatrix W;
    final GateOrder order;
    final int features;
    final int hidden;
    private final SimpleMatrix b;

    private Lstm(SimpleMatrix U, SimpleMatrix W, SimpleMatrix b, GateOrder order) {
        this.U = U.copy();
        this.W = W.copy();
        this.b = b.copy();
        this.order = order;
        this.features = U.getNumRows();
        this.hidden = W.getNumRows();
    }

    /** A layer with the weights U (features×4·hidden), W (hidden×4·hidden) and b (1×4·hidden), packed in that order. */
    public static Lstm of(SimpleMatrix U, SimpleMatrix W, SimpleMatrix b, GateOrder order) {
        int hidden = W.getNumRows();
        new Shape(hidden, 4 * hidden).require("W", "hidden×4·hidden", W);
        new Shape(U.getNumRows(), 4 * hidden).require("U", "features×4·hidden", U);
        new Shape(1, 4 * hidden).require("b", "1×4·hidden", b);
        return new Lstm(U, W, b, order);
    }

    /**
     * What a layer returns.
     *
     * @param h the hidden states of all T time steps, batch×hidden each
     * @param c the last cell state, batch×hidden
     */
    public record Output(List<SimpleMatrix> h, SimpleMatrix c) {}

    /**
     * Everything computed in one time step.
     *
     * @param a the pre-activations, batch×4·hidden, packed
     * @param f the forget gate, batch×hidden like all that follow
     * @param i the input gate
     * @param o the output gate
     * @param g the candidate cell
     * @param c the cell state
     * @param h the hidden state
     */
    public record Step(
            SimpleMatrix a,
            SimpleMatrix f,
            SimpleMatrix i,
            SimpleMatrix o,
            SimpleMatrix g,
            SimpleMatrix c,
            SimpleMatrix h) {}

    /** Runs the layer over x (T ≥ 1 matrices, batch×features) from the states h0 and c0 (batch×hidden). */
    public Output forward(List<SimpleMatrix> x, SimpleMatrix h0, SimpleMatrix c0) {
        List<Step> steps = steps(x, h0, c0);
        return new Output(
                steps.stream().map(Step::h).toList(),
                steps.get(steps.size() - 1).c());
    }

    /** As {@link #forward}, with every gate of every time step. */
    public List<Step> steps(List<SimpleMatrix> x, SimpleMatrix h0, SimpleMatrix c0) {
        int batch = h0.getNumRows();
        new Shape(batch, hidden).require("h0", "batch×hidden", h0);
        new Shape(batch, hidden).require("c0", "batch×hidden", c0);
        Sequence.require("x", "batch×features", new Shape(batch, features), x);
        List<Step> steps = new ArrayList<>();
        SimpleMatrix h = h0;
        SimpleMatrix c = c0;
        for (SimpleMatrix xt : x) {
            Step step = step(xt, h, c);
            steps.add(step);
            h = step.h();
            c = step.c();
        }
        return List.copyOf(steps);
    }

    private Step step(SimpleMatrix x, SimpleMatrix hBefore, SimpleMatrix cBefore) {
        SimpleMatrix ones = SimpleMatrix.ones(x.getNumRows(), 1);
        SimpleMatrix a = x.mult(U).plus(hBefore.mult(W)).plus(ones.mult(b));
        SimpleMatrix f = Activation.SIGMOID.of(block(a, order.f()));
        SimpleMatrix i = Activation.SIGMOID.of(block(a, order.i()));
        SimpleMatrix o = Activation.SIGMOID.of(block(a, order.o()));
        SimpleMatrix g = Activation.TANH.of(block(a, order.g()));
        SimpleMatrix c = f.elementMult(cBefore).plus(i.elementMult(g));
        SimpleMatrix h = Activation.TANH.of(c).elementMult(o);
        return new Step(a, f, i, o, g, c, h);
    }

    /** The columns of the packed matrix A that belong to gate block q. */
    static SimpleMatrix block(SimpleMatrix A, int q) {
        int hidden = A.getNumCols() / 4;
        return A.cols(q * hidden, (q + 1) * hidden);
    }
}
