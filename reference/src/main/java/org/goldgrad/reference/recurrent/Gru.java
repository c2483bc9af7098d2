package org.goldgrad.reference.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * A gated recurrent unit: one gate resets what the candidate state hears, the other mixes old state and candidate.
 *
 * <pre>
 *   a_t^r = x_t U^r + 1b^r + h_{t−1} W^r + 1d^r            r_t = σ(a_t^r)
 *   a_t^z = x_t U^z + 1b^z + h_{t−1} W^z + 1d^z            z_t = σ(a_t^z)
 *   a_t^n = x_t U^n + 1b^n + q_t                           n_t = tanh(a_t^n)
 *     q_t = r_t ⊙ (h_{t−1} W^n + 1d^n)                     reset after the product
 *        or (r_t ⊙ h_{t−1}) W^n + 1d^n                     reset before it
 *   h_t = k̄_t ⊙ n_t + k_t ⊙ h_{t−1}                        t = 1 … T
 *     k_t = z_t, k̄_t = 1 − z_t                             update keeps
 *        or k_t = 1 − z_t, k̄_t = z_t                       update replaces
 *
 *   x_t  batch×features                   U  features×3·hidden    column q·hidden + j is unit j of gate block q:
 *   h_t and the gates  batch×hidden       W  hidden×3·hidden      row-major, the same numbers as
 *   1  a column of batch ones             b, d  1×3·hidden        (features, 3, hidden) and so on
 * </pre>
 *
 * Cho et al. 2014; with two biases as in cuDNN, which makes a difference where the reset gate comes between them.
 * 1 − z is σ(−a^z), to keep its digits where z is nearly 1.
 */
public final class Gru {
    final SimpleMatrix U;
    final SimpleMatrix W;
    final SimpleMatrix d;
    final GruGateOrder order;
    final GruReset reset;
    final GruUpdate update;
    final int hidden;
    private final SimpleMatrix b;
    private final int features;

    private Gru(
            SimpleMatrix U,
            SimpleMatrix W,
            SimpleMatrix b,
            SimpleMatrix d,
            GruGateOrder order,
            GruReset reset,
            GruUpdate update) {
        this.U = U.copy();
        this.W = W.copy();
        this.b = b.copy();
        this.d = d.copy();
        this.order = order;
        this.reset = reset;
        this.update = update;
        this.hidden = W.getNumRows();
        this.features = U.getNumRows();
    }

    /** A layer with the weights U (features×3·hidden), W (hidden×3·hidden), b and d (1×3·hidden), so packed. */
    public static Gru of(
            SimpleMatrix U,
            SimpleMatrix W,
            SimpleMatrix b,
            SimpleMatrix d,
            GruGateOrder order,
            GruReset reset,
            GruUpdate update) {
        int hidden = W.getNumRows();
        new Shape(hidden, 3 * hidden).require("W", "hidden×3·hidden", W);
        new Shape(U.getNumRows(), 3 * hidden).require("U", "features×3·hidden", U);
        new Shape(1, 3 * hidden).require("b", "1×3·hidden", b);
        new Shape(1, 3 * hidden).require("d", "1×3·hidden", d);
        return new Gru(U, W, b, d, order, reset, update);
    }

    /**
     * Everything computed in one time step, batch×hidden each.
     *
     * @param ar the pre-activation of the reset gate
     * @param az the pre-activation of the update gate
     * @param an the pre-activation of the candidate
     * @param r the reset gate
     * @param z the update gate
     * @param n the candidate state
     * @param h the hidden state
     */
    public record Step(
            SimpleMatrix ar,
            SimpleMatrix az,
            SimpleMatrix an,
            SimpleMatrix r,
            SimpleMatrix z,
            SimpleMatrix n,
            SimpleMatrix h) {}

    /** The states h_1 … h_T of the layer, run over x (T ≥ 1 matrices, batch×features) from h0 (batch×hidden). */
    public List<SimpleMatrix> forward(List<SimpleMatrix> x, SimpleMatrix h0) {
        return steps(x, h0).stream().map(Step::h).toList();
    }

    /** As {@link #forward}, with every gate of every time step. */
    public List<Step> steps(List<SimpleMatrix> x, SimpleMatrix h0) {
        new Shape(h0.getNumRows(), hidden).require("h0", "batch×hidden", h0);
        Sequence.require("x", "batch×features", new Shape(h0.getNumRows(), features), x);
        List<Step> steps = new ArrayList<>();
        SimpleMatrix h = h0;
        for (SimpleMatrix xt : x) {
            Step step = step(xt, h);
            steps.add(step);
            h = step.h();
        }
        return List.copyOf(steps);
    }

    private Step step(SimpleMatrix x, SimpleMatrix hBefore) {
        SimpleMatrix ones = SimpleMatrix.ones(x.getNumRows(), 1);
        SimpleMatrix fromX = x.mult(U).plus(ones.mult(b));
        SimpleMatrix ar = block(fromX, order.r()).plus(fromH(hBefore, order.r()));
        SimpleMatrix az = block(fromX, order.z()).plus(fromH(hBefore, order.z()));
        SimpleMatrix r = Activation.SIGMOID.of(ar);
        SimpleMatrix z = Activation.SIGMOID.of(az);
        SimpleMatrix q = reset.heard(r, hBefore, block(W, order.n()), block(d, order.n()));
        SimpleMatrix an = block(fromX, order.n()).plus(q);
        SimpleMatrix n = Activation.TANH.of(an);
        SimpleMatrix h = taken(az).elementMult(n).plus(kept(az).elementMult(hBefore));
        return new Step(ar, az, an, r, z, n, h);
    }

    /** k, the share of the old state. */
    SimpleMatrix kept(SimpleMatrix az) {
        return Activation.SIGMOID.of(az.scale(update.sign));
    }

    /** k̄ = 1 − k, the share of the candidate. */
    SimpleMatrix taken(SimpleMatrix az) {
        return Activation.SIGMOID.of(az.scale(-update.sign));
    }

    /** The columns of the packed matrix A that belong to gate block q. */
    SimpleMatrix block(SimpleMatrix A, int q) {
        return A.cols(q * hidden, (q + 1) * hidden);
    }

    private SimpleMatrix fromH(SimpleMatrix h, int q) {
        SimpleMatrix ones = SimpleMatrix.ones(h.getNumRows(), 1);
        return h.mult(block(W, q)).plus(ones.mult(block(d, q)));
    }
}
