package org.goldgrad.reference.recurrent;

import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * A long short-term memory layer with its weights as PyTorch, cuDNN and ONNX keep them.
 *
 * <pre>
 *   a_t = U x_t + bᵀ + W h_{t−1} + dᵀ      for columns x_t and h_{t−1}, and so for rows, 1 a column of batch ones:
 *   a_t = x_t Uᵀ + h_{t−1} Wᵀ + 1(b + d)
 *
 *   U  4·hidden×features     W  4·hidden×hidden     b, d  1×4·hidden     four blocks of rows in the gate order
 * </pre>
 *
 * The forget bias, where it is added, is 1 more in block f of b + d. All else is as in {@link Lstm}.
 */
public final class ColumnLstm {
    final Lstm rows;

    private ColumnLstm(Lstm rows) {
        this.rows = rows;
    }

    /** A layer with the weights U (4·hidden×features) and W (4·hidden×hidden), and the biases b and d (1×4·hidden). */
    public static ColumnLstm of(
            SimpleMatrix U, SimpleMatrix W, SimpleMatrix b, SimpleMatrix d, GateOrder order, ForgetBias forgetBias) {
        int hidden = W.getNumCols();
        new Shape(4 * hidden, hidden).require("W", "4·hidden×hidden", W);
        new Shape(4 * hidden, U.getNumCols()).require("U", "4·hidden×features", U);
        new Shape(1, 4 * hidden).require("b", "1×4·hidden", b);
        new Shape(1, 4 * hidden).require("d", "1×4·hidden", d);
        SimpleMatrix bias = b.plus(d);
        for (int j = order.f() * hidden; j < (order.f() + 1) * hidden; j++) {
            bias.set(j, bias.get(j) + forgetBias.added);
        }
        return new ColumnLstm(Lstm.of(U.transpose(), W.transpose(), bias, order));
    }

    /** Runs the layer over x (T ≥ 1 matrices, batch×features) from the states h0 and c0 (batch×hidden). */
    public Lstm.Output forward(List<SimpleMatrix> x, SimpleMatrix h0, SimpleMatrix c0) {
        return rows.forward(x, h0, c0);
    }
}
