package org.goldgrad.reference.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * A residual network: every step has weights of its own, and adds to the state instead of replacing it.
 *
 * <pre>
 *   a_t = h_{t−1} W_t + 1b_t              h_t = φ(a_t) + h_{t−1}           t = 1 … S
 *
 *   a_t, h_t  batch×hidden                W_t  hidden×hidden
 *   1  a column of batch ones             b_t  1×hidden
 * </pre>
 *
 * He et al. 2016; EECS 182, homework 8, question 2(j), which counts the weights from 0: its W_{t−1} is our W_tᵀ.
 */
public final class ResidualNetwork {
    final List<SimpleMatrix> W;
    final Activation phi;
    private final List<SimpleMatrix> b;
    private final int hidden;

    private ResidualNetwork(List<SimpleMatrix> W, List<SimpleMatrix> b, Activation phi) {
        this.W = W.stream().map(SimpleMatrix::copy).toList();
        this.b = b.stream().map(SimpleMatrix::copy).toList();
        this.phi = phi;
        this.hidden = W.get(0).getNumRows();
    }

    /** A network with the weights W (S ≥ 1 matrices, hidden×hidden) and b (S rows, 1×hidden). */
    public static ResidualNetwork of(List<SimpleMatrix> W, List<SimpleMatrix> b, Activation phi) {
        if (W.isEmpty()) {
            throw new IllegalArgumentException("W must have at least one step");
        }
        int hidden = W.get(0).getNumRows();
        Sequence.requireEach("W", "hidden×hidden", new Shape(hidden, hidden), W);
        Sequence.requireCount(W.size(), "steps like W", "b", b);
        Sequence.requireEach("b", "1×hidden", new Shape(1, hidden), b);
        return new ResidualNetwork(W, b, phi);
    }

    /**
     * Everything computed in one step.
     *
     * @param a the pre-activation, batch×hidden
     * @param h the state, batch×hidden
     */
    public record Step(SimpleMatrix a, SimpleMatrix h) {}

    /** The states h_1 … h_S from h0 (batch×hidden). */
    public List<SimpleMatrix> forward(SimpleMatrix h0) {
        return steps(h0).stream().map(Step::h).toList();
    }

    /** As {@link #forward}, with the pre-activation of every step. */
    public List<Step> steps(SimpleMatrix h0) {
        new Shape(h0.getNumRows(), hidden).require("h0", "batch×hidden", h0);
        SimpleMatrix ones = SimpleMatrix.ones(h0.getNumRows(), 1);
        List<Step> steps = new ArrayList<>();
        SimpleMatrix h = h0;
        for (int t = 0; t < W.size(); t++) {
            SimpleMatrix a = h.mult(W.get(t)).plus(ones.mult(b.get(t)));
            h = phi.of(a).plus(h);
            steps.add(new Step(a, h));
        }
        return List.copyOf(steps);
    }
}
