package org.goldgrad.reference.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * Truncated backpropagation through time: the state crosses from one window to the next, its gradient does not.
 *
 * <pre>
 *   windows  1 … k,  k+1 … 2k,  2k+1 … 3k,  …              the last may be shorter; k is the window's length
 *
 *   δ_{t+1} = 0  where t+1 begins a window                 h_t enters that window as a constant
 *   all else as in {@link VanillaRnnGradient}, so that
 *
 *   dx_t  from t's own window             dU, dW, db  sums over the windows            dh_0  from the first
 * </pre>
 *
 * A window is a run of its own, from the state in which the one before it ended. Williams and Peng 1990, with
 * windows that do not overlap, as frameworks do it.
 *
 * @param dx ∂L/∂x_t so cut, for every time step, batch×features each
 * @param dh0 ∂L/∂h_0, batch×hidden
 * @param dU ∂L/∂U, features×hidden
 * @param dW ∂L/∂W, hidden×hidden
 * @param db ∂L/∂b, 1×hidden
 */
public record TruncatedGradient(
        List<SimpleMatrix> dx, SimpleMatrix dh0, SimpleMatrix dU, SimpleMatrix dW, SimpleMatrix db) {

    /** Runs rnn over x from h0, then back from dh (T matrices, batch×hidden) in windows of so many steps (≥ 1). */
    public static TruncatedGradient of(
            VanillaRnn rnn, int window, List<SimpleMatrix> x, SimpleMatrix h0, List<SimpleMatrix> dh) {
        if (window < 1) {
            throw new IllegalArgumentException("window must be at least 1, is " + window);
        }
        List<SimpleMatrix> h = rnn.forward(x, h0);
        int T = x.size();
        Sequence.requireLikeX(T, "dh", "batch×hidden", Shape.of(h0), dh);
        List<SimpleMatrix> dx = new ArrayList<>();
        SimpleMatrix dh0 = h0.createLike();
        SimpleMatrix dU = rnn.U.createLike();
        SimpleMatrix dW = rnn.W.createLike();
        SimpleMatrix db = new SimpleMatrix(1, rnn.hidden);
        int k = Math.min(window, T);
        for (int begin = 0; begin < T; begin += k) {
            int end = Math.min(begin + k, T);
            SimpleMatrix hBefore = begin == 0 ? h0 : h.get(begin - 1);
            VanillaRnnGradient part =
                    VanillaRnnGradient.of(rnn, x.subList(begin, end), hBefore, dh.subList(begin, end));
            dx.addAll(part.dx());
            dh0 = begin == 0 ? part.dh0() : dh0;
            dU = dU.plus(part.dU());
            dW = dW.plus(part.dW());
            db = db.plus(part.db());
        }
        return new TruncatedGradient(List.copyOf(dx), dh0, dU, dW, db);
    }
}
