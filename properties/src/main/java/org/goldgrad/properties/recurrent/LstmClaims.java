package org.goldgrad.properties.recurrent;

import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.recurrent.Lstm;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;
import org.goldgrad.properties.operation.Twist;

/** The laws of the LSTM. */
final class LstmClaims {
    private LstmClaims() {}

    static Check bounded(Subject subject, Draw draw) {
        Inputs in = LstmOperation.OPERATION.inputs(draw);
        Measured answer = subject.ask(LstmOperation.OPERATION, in);
        Check check = Check.NOTHING_YET;
        for (double h : answer.array("h").elements()) {
            check = check.atMost("|h|", Math.abs(h), 1, Math.ulp(1.0));
        }
        return check;
    }

    /** Each sequence alone gives its part of the whole; a permuted batch is that, in another order. */
    static Check batchIndependence(Subject subject, Draw draw) {
        Inputs in = LstmOperation.OPERATION.inputs(draw);
        Measured whole = subject.ask(LstmOperation.OPERATION, in);
        Check check = Check.NOTHING_YET;
        for (int k = 0; k < in.array("h0").size(0); k++) {
            Inputs one = in.with("x", in.array("x").take(1, k))
                    .with("h0", in.array("h0").take(0, k))
                    .with("c0", in.array("c0").take(0, k));
            Measured alone = subject.ask(LstmOperation.OPERATION, one);
            check = alone.agrees(check, "h", whole.array("h").take(1, k).elements());
            check = alone.agrees(check, "c", whole.array("c").take(0, k).elements());
        }
        return check;
    }

    /** With W = 0 the cell state is affine in C_0 with slope Π f_t; saturated gates pass it on unchanged. */
    static Check carousel(Subject subject, Draw draw) {
        Inputs drawn = LstmOperation.OPERATION.inputs(draw);
        Inputs in = drawn.with("W", drawn.array("W").map(w -> 0));
        Tensor<DoubleDouble> slope = null;
        for (Tensor<DoubleDouble> f : trace(in).intermediate("f").slices()) {
            slope = slope == null ? f : slope.times(f);
        }
        Array c0 = in.array("c0");
        Measured from = subject.ask(LstmOperation.OPERATION, in);
        Measured zero = subject.ask(LstmOperation.OPERATION, in.with("c0", c0.map(c -> 0)));
        Check check = Check.NOTHING_YET;
        for (int i = 0; slope != null && i < c0.size(); i++) {
            check = check.near(
                    "C_T - C_T at C_0 = 0",
                    from.at("c", i) - zero.at("c", i),
                    slope.at(i).times(c0.at(i)).doubleValue(),
                    from.allowed("c", i) + zero.allowed("c", i) + Math.ulp(from.at("c", i)));
        }
        return subject.ask(LstmOperation.OPERATION, saturated(in)).agrees(check, "c", c0.elements());
    }

    /** Nothing but biases: f = sigmoid(1024) = 1 and i = sigmoid(−1024) = 0 to far more digits than any format has. */
    private static Inputs saturated(Inputs in) {
        String order = in.convention("gate_order");
        Array b = in.array("b").map(x -> 0);
        int hidden = b.size(1);
        for (int j = 0; j < hidden; j++) {
            b = b.with(order.indexOf('f') * hidden + j, 1024).with(order.indexOf('i') * hidden + j, -1024);
        }
        return in.with("b", b).with("U", in.array("U").map(x -> 0));
    }

    /** Two steps, L of h_2 alone: dc0 = f_1 ⊙ ∂L/∂C_1, whose two paths are written out here. */
    static Check cellDecomposition(Subject subject, Draw draw) {
        Inputs drawn = LstmOperation.GRADIENT.inputs(draw);
        if (drawn.array("x").size(0) < 2) {
            return Check.SKIPPED;
        }
        Array dh = drawn.array("dh").take(0, 0, 1);
        for (int i = 0; i < dh.size() / 2; i++) {
            dh = dh.with(i, 0);
        }
        Inputs in = drawn.with("x", drawn.array("x").take(0, 0, 1))
                .with("dh", dh)
                .with("dc", drawn.array("dc").map(c -> 0));
        return subject.ask(LstmOperation.GRADIENT, in)
                .agrees(Check.NOTHING_YET, "dc0", Array.nearest(decomposed(in)).elements());
    }

    private static Tensor<DoubleDouble> decomposed(Inputs in) {
        Answer<DoubleDouble> trace = trace(in);
        Tensor<DoubleDouble> dh = in.in(DoubleDouble.ARITHMETIC).tensor("dh").slice(1);
        Tensor<DoubleDouble> i = trace.intermediate("i").slice(1);
        Tensor<DoubleDouble> f = trace.intermediate("f").slice(1);
        Tensor<DoubleDouble> g = trace.intermediate("g").slice(1);
        Tensor<DoubleDouble> o = trace.intermediate("o").slice(1);
        Tensor<DoubleDouble> C1 = trace.intermediate("C").slice(0);
        Tensor<DoubleDouble> tanhC = trace.intermediate("C").slice(1).map(DoubleDouble::tanh);
        Tensor<DoubleDouble> dC = dh.times(o).times(oneMinusSquare(tanhC));
        Tensor<DoubleDouble> dh1 = back(in, 'i', dC.times(g).times(slope(i)))
                .plus(back(in, 'f', dC.times(C1).times(slope(f))))
                .plus(back(in, 'g', dC.times(i).times(oneMinusSquare(g))))
                .plus(back(in, 'o', dh.times(tanhC).times(slope(o))));
        Tensor<DoubleDouble> direct = dC.times(f);
        Tensor<DoubleDouble> throughH =
                dh1.times(trace.intermediate("o").slice(0)).times(oneMinusSquare(C1.map(DoubleDouble::tanh)));
        return trace.intermediate("f").slice(0).times(direct.plus(throughH));
    }

    /** What a gate's pre-activation gradient sends back to the hidden state: dz (W^•)ᵀ. */
    private static Tensor<DoubleDouble> back(Inputs in, char gate, Tensor<DoubleDouble> dz) {
        Tensor<DoubleDouble> W = in.in(DoubleDouble.ARITHMETIC).tensor("W").transpose(1, 0, 2);
        int at = in.convention("gate_order").indexOf(gate);
        return dz.matmul(W.slice(at).transpose());
    }

    /** s(1 − s). */
    private static Tensor<DoubleDouble> slope(Tensor<DoubleDouble> s) {
        return s.times(Twist.complement().of(s));
    }

    /** 1 − t². */
    private static Tensor<DoubleDouble> oneMinusSquare(Tensor<DoubleDouble> t) {
        return Twist.complement().of(t.times(t));
    }

    private static Answer<DoubleDouble> trace(Inputs in) {
        return Lstm.LAYER.of(in.in(DoubleDouble.ARITHMETIC));
    }

    static Check neverExplodes(Subject subject, Draw draw) {
        Inputs drawn = LstmOperation.GRADIENT.inputs(draw);
        int n = drawn.array("h0").size();
        int last = drawn.array("dh").size() - n;
        Array dh = drawn.array("dh");
        for (int i = 0; i < last; i++) {
            dh = dh.with(i, 0);
        }
        Inputs in = drawn.with("dh", dh).with("dc", drawn.array("dc").map(c -> 0));
        Measured answer = subject.ask(LstmOperation.GRADIENT, in);
        double start = 0;
        double end = 0;
        double allowed = 0;
        for (int i = 0; i < n; i++) {
            start += answer.at("dh0", i) * answer.at("dh0", i);
            end += dh.at(last + i) * dh.at(last + i);
            allowed += answer.allowed("dh0", i);
        }
        return Check.NOTHING_YET.atMost("‖∂L/∂h_0‖", Math.sqrt(start), Math.sqrt(end), allowed);
    }
}
