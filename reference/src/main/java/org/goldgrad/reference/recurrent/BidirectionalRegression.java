package org.goldgrad.reference.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * Regression with two logistic layers without biases, one forwards and one backwards in time, each from 0.
 *
 * <pre>
 *   hf_t = σ(x_t Uf + hf_{t−1} Wf)        t = 1 … T        hf_0 = 0
 *   hb_t = σ(x_t Ub + hb_{t+1} Wb)        t = T … 1        hb_{T+1} = 0
 *   y_t = hf_t Vf + hb_t Vb               loss = Σ (z_t − y_t)²
 *
 *   x_t  batch×features                   Uf, Ub  features×hidden
 *   hf_t, hb_t  batch×hidden              Wf, Wb  hidden×hidden
 *   y_t, z_t  batch×outputs               Vf, Vb  hidden×outputs
 * </pre>
 *
 * The sum is over time, batch and outputs, not a mean. IFT6135, assignment 2, question 6, where states are columns, and
 * where W stands on x and U on h: its W^(f) is Ufᵀ, its U^(f) Wfᵀ, its V^(f) Vfᵀ.
 */
public final class BidirectionalRegression {
    final VanillaRnn forwards;
    final VanillaRnn backwards;
    final SimpleMatrix Vf;
    final SimpleMatrix Vb;

    private BidirectionalRegression(VanillaRnn forwards, VanillaRnn backwards, SimpleMatrix Vf, SimpleMatrix Vb) {
        this.forwards = forwards;
        this.backwards = backwards;
        this.Vf = Vf.copy();
        this.Vb = Vb.copy();
    }

    /** A network with the weights U (features×hidden), W (hidden×hidden) and V (hidden×outputs) of both directions. */
    public static BidirectionalRegression of(
            SimpleMatrix Uf, SimpleMatrix Wf, SimpleMatrix Ub, SimpleMatrix Wb, SimpleMatrix Vf, SimpleMatrix Vb) {
        int hidden = Wf.getNumRows();
        new Shape(hidden, hidden).require("Wf", "hidden×hidden", Wf);
        new Shape(Uf.getNumRows(), hidden).require("Uf", "features×hidden", Uf);
        new Shape(hidden, Vf.getNumCols()).require("Vf", "hidden×outputs", Vf);
        Shape.of(Wf).require("Wb", "hidden×hidden", Wb);
        Shape.of(Uf).require("Ub", "features×hidden", Ub);
        Shape.of(Vf).require("Vb", "hidden×outputs", Vb);
        SimpleMatrix b = new SimpleMatrix(1, hidden);
        return new BidirectionalRegression(
                VanillaRnn.of(Uf, Wf, b, Activation.SIGMOID), VanillaRnn.of(Ub, Wb, b, Activation.SIGMOID), Vf, Vb);
    }

    /**
     * What the network returns.
     *
     * @param y the predictions of all T time steps, batch×outputs each
     * @param loss the sum of all squared errors
     */
    public record Output(List<SimpleMatrix> y, double loss) {}

    /** Runs the network over x (T ≥ 1 matrices, batch×features), and compares with z (T matrices, batch×outputs). */
    public Output forward(List<SimpleMatrix> x, List<SimpleMatrix> z) {
        States states = states(x);
        List<SimpleMatrix> y = y(states);
        requireLikeY("z", y, z);
        double loss = 0;
        for (int t = 0; t < y.size(); t++) {
            SimpleMatrix error = z.get(t).minus(y.get(t));
            loss += error.elementMult(error).elementSum();
        }
        return new Output(y, loss);
    }

    /** hf_t and hb_t, both in the order of time. */
    record States(List<SimpleMatrix> hf, List<SimpleMatrix> hb) {}

    States states(List<SimpleMatrix> x) {
        SimpleMatrix h0 = h0(x);
        return new States(forwards.forward(x, h0), Sequence.reversed(backwards.forward(Sequence.reversed(x), h0)));
    }

    /** The zeros from which both directions begin. */
    SimpleMatrix h0(List<SimpleMatrix> x) {
        return new SimpleMatrix(x.isEmpty() ? 0 : x.get(0).getNumRows(), forwards.hidden);
    }

    List<SimpleMatrix> y(States states) {
        List<SimpleMatrix> y = new ArrayList<>();
        for (int t = 0; t < states.hf().size(); t++) {
            y.add(states.hf().get(t).mult(Vf).plus(states.hb().get(t).mult(Vb)));
        }
        return List.copyOf(y);
    }

    /** Refuses a sequence that has not the shape of the predictions. */
    static void requireLikeY(String name, List<SimpleMatrix> y, List<SimpleMatrix> sequence) {
        Sequence.requireLikeX(y.size(), name, "batch×outputs", Shape.of(y.get(0)), sequence);
    }
}
