package org.goldgrad.reference.optimization;

import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * Path-SGD on a net of three layers without biases: every weight has a rate of its own, one over what its paths weigh.
 *
 * <pre>
 *   a = Ux   h = relu(a)   b = Vh   k = relu(b)   f = Wk   L = ½‖f − y‖²
 *   e = f − y                      dW = e kᵀ
 *   δ_b = Wᵀe ⊙ [b &gt; 0]            dV = δ_b hᵀ
 *   δ_a = Vᵀδ_b ⊙ [a &gt; 0]          dU = δ_a xᵀ
 *
 *   s = Ũ1   u = Ṽs                (Ũ the squares of U, and so on: what reaches a node from all inputs)
 *   q = W̃ᵀ1   p = Ṽᵀq              (what a node sends to all outputs)
 *   κ_U = p 1ᵀ   κ_V = q sᵀ   κ_W = 1 uᵀ           w ← w − lr dw/κ_w
 *
 *   U  hidden1×features     V  hidden2×hidden1     W  outputs×hidden2     x  features×1     y  outputs×1
 * </pre>
 *
 * Neyshabur, Salakhutdinov and Srebro 2015: κ takes a pass forward and a pass backward through the squared weights.
 */
public record PathSgd(double lr) {

    /** The weights, copied on their way in and out. */
    public record State(SimpleMatrix U, SimpleMatrix V, SimpleMatrix W) {
        public State {
            new Shape(V.getNumRows(), U.getNumRows()).require("V", "hidden2×hidden1", V);
            new Shape(W.getNumRows(), V.getNumRows()).require("W", "outputs×hidden2", W);
            U = U.copy();
            V = V.copy();
            W = W.copy();
        }

        @Override
        public SimpleMatrix U() {
            return U.copy();
        }

        @Override
        public SimpleMatrix V() {
            return V.copy();
        }

        @Override
        public SimpleMatrix W() {
            return W.copy();
        }
    }

    /** The weights after one step on the sample x, y. */
    public State step(State state, SimpleMatrix x, SimpleMatrix y) {
        SimpleMatrix U = state.U;
        SimpleMatrix V = state.V;
        SimpleMatrix W = state.W;
        new Shape(U.getNumCols(), 1).require("x", "features×1", x);
        new Shape(W.getNumRows(), 1).require("y", "outputs×1", y);

        SimpleMatrix a = U.mult(x);
        SimpleMatrix h = a.elementMult(gate(a));
        SimpleMatrix b = V.mult(h);
        SimpleMatrix k = b.elementMult(gate(b));
        SimpleMatrix e = W.mult(k).minus(y);
        SimpleMatrix deltaB = W.transpose().mult(e).elementMult(gate(b));
        SimpleMatrix deltaA = V.transpose().mult(deltaB).elementMult(gate(a));

        SimpleMatrix s = squared(U).mult(SimpleMatrix.ones(U.getNumCols(), 1));
        SimpleMatrix u = squared(V).mult(s);
        SimpleMatrix q = squared(W).transpose().mult(SimpleMatrix.ones(W.getNumRows(), 1));
        SimpleMatrix p = squared(V).transpose().mult(q);

        return new State(
                step(U, deltaA.mult(x.transpose()), p.mult(SimpleMatrix.ones(1, U.getNumCols()))),
                step(V, deltaB.mult(h.transpose()), q.mult(s.transpose())),
                step(
                        W,
                        e.mult(k.transpose()),
                        SimpleMatrix.ones(W.getNumRows(), 1).mult(u.transpose())));
    }

    private SimpleMatrix step(SimpleMatrix w, SimpleMatrix dw, SimpleMatrix kappa) {
        return w.minus(dw.elementDiv(kappa).scale(lr));
    }

    /** 1 where an entry is positive, 0 elsewhere. */
    private static SimpleMatrix gate(SimpleMatrix z) {
        return z.elementOp((int row, int column, double value) -> value > 0 ? 1 : 0);
    }

    private static SimpleMatrix squared(SimpleMatrix w) {
        return w.elementMult(w);
    }
}
