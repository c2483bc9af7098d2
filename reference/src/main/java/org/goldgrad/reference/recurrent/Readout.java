package org.goldgrad.reference.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * The linear layer that reads a network's hidden states.
 *
 * <pre>
 *   y_t = h_t F + 1f                      the same for every t
 *
 *   h_t  batch×hidden                     F  hidden×outputs
 *   y_t  batch×outputs                    f  1×outputs
 *
 *   dF = Σ h_tᵀ dy_t     df = Σ 1ᵀ dy_t     dh_t = dy_t Fᵀ
 * </pre>
 *
 * EECS 182, homework 8, question 2(b), where W^f is Fᵀ.
 */
@SuppressWarnings("InconsistentCapitalization") // F and f are two letters of one formula
final class Readout {
    private final SimpleMatrix F;
    private final SimpleMatrix f;

    private Readout(SimpleMatrix F, SimpleMatrix f) {
        this.F = F.copy();
        this.f = f.copy();
    }

    static Readout of(int hidden, SimpleMatrix F, SimpleMatrix f) {
        new Shape(hidden, F.getNumCols()).require("F", "hidden×outputs", F);
        new Shape(1, F.getNumCols()).require("f", "1×outputs", f);
        return new Readout(F, f);
    }

    SimpleMatrix of(SimpleMatrix h) {
        SimpleMatrix ones = SimpleMatrix.ones(h.getNumRows(), 1);
        return h.mult(F).plus(ones.mult(f));
    }

    List<SimpleMatrix> ofEach(List<SimpleMatrix> h) {
        return h.stream().map(this::of).toList();
    }

    record Gradient(List<SimpleMatrix> dh, SimpleMatrix dF, SimpleMatrix df) {}

    Gradient gradient(List<SimpleMatrix> h, List<SimpleMatrix> dy) {
        List<SimpleMatrix> dh = new ArrayList<>();
        SimpleMatrix dF = F.createLike();
        SimpleMatrix df = f.createLike();
        for (int t = 0; t < h.size(); t++) {
            SimpleMatrix ones = SimpleMatrix.ones(h.get(t).getNumRows(), 1);
            dF = dF.plus(h.get(t).transpose().mult(dy.get(t)));
            df = df.plus(ones.transpose().mult(dy.get(t)));
            dh.add(dy.get(t).mult(F.transpose()));
        }
        return new Gradient(List.copyOf(dh), dF, df);
    }
}
