package org.goldgrad.reference.recurrent;

import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * A vanilla layer whose recurrent weight is random and fixed, plus a part of low rank that is learnt.
 *
 * <pre>
 *   W = R + s P Qᵀ                        s = α or 1/rank
 *   h_t = tanh(x_t U + h_{t−1} W + 1b)    t = 1 … T
 *
 *   R  hidden×hidden                      P, Q  hidden×rank
 *   U  features×hidden                    b  1×hidden
 * </pre>
 *
 * The states are rows, as in the conversation about static random connectivity; its W_random is R, its factors U and V
 * are P and Q. Mastrogiuseppe and Ostojic 2018.
 */
public final class LowRankRnn {
    final VanillaRnn rnn;
    final SimpleMatrix P;
    final SimpleMatrix Q;
    final double s;

    private LowRankRnn(VanillaRnn rnn, SimpleMatrix P, SimpleMatrix Q, double s) {
        this.rnn = rnn;
        this.P = P.copy();
        this.Q = Q.copy();
        this.s = s;
    }

    /**
     * A layer with the input weight U (features×hidden), the fixed weight R (hidden×hidden), the factors P and Q
     * (hidden×rank), the bias b (1×hidden), and alpha, which is not used where the scale is one over the rank.
     */
    public static LowRankRnn of(
            SimpleMatrix U,
            SimpleMatrix R,
            SimpleMatrix P,
            SimpleMatrix Q,
            SimpleMatrix b,
            double alpha,
            LowRankScale scale) {
        int hidden = R.getNumRows();
        int rank = P.getNumCols();
        new Shape(hidden, hidden).require("R", "hidden×hidden", R);
        new Shape(hidden, rank).require("P", "hidden×rank", P);
        new Shape(hidden, rank).require("Q", "hidden×rank", Q);
        double s = scale.s(alpha, rank);
        SimpleMatrix W = R.plus(s, P.mult(Q.transpose()));
        return new LowRankRnn(VanillaRnn.of(U, W, b, Activation.TANH), P, Q, s);
    }

    /** The states h_1 … h_T of the layer, run over x (T ≥ 1 matrices, batch×features) from h0 (batch×hidden). */
    public List<SimpleMatrix> forward(List<SimpleMatrix> x, SimpleMatrix h0) {
        return rnn.forward(x, h0);
    }
}
