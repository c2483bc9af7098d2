package org.goldgrad.properties.recurrent;

import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.recurrent.BidirectionalRegression;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;
import org.goldgrad.properties.operation.Twist;

/** The laws of the bidirectional regression. */
final class BidirectionalRegressionClaims {
    private static final Operation NETWORK = BidirectionalRegressionOperation.OPERATION;

    private BidirectionalRegressionClaims() {}

    static Check mirror(Subject subject, Draw draw) {
        Inputs in = NETWORK.inputs(draw);
        int T = in.array("x").size(0);
        int[] backwards = new int[T];
        for (int t = 0; t < T; t++) {
            backwards[t] = T - 1 - t;
        }
        Inputs mirrored = NETWORK.signature().take(in, "time", backwards);
        for (String name : new String[] {"U", "W", "V"}) {
            mirrored = mirrored.with(name + "f", in.array(name + "b")).with(name + "b", in.array(name + "f"));
        }
        Measured right = subject.ask(NETWORK, in);
        Measured other = subject.ask(NETWORK, mirrored);
        Array y = right.array("y").take(0, backwards);
        Check check = SequenceClaims.same(Check.NOTHING_YET, other, "y", y);
        return SequenceClaims.same(check, other, "loss", right.array("loss"));
    }

    static Check causality(Subject subject, Draw draw) {
        Inputs in = NETWORK.inputs(draw);
        Array x = in.array("x");
        int T = x.size(0);
        if (T == 1) {
            return Check.SKIPPED; // nothing comes before the first step
        }
        int last = x.size() / T * (T - 1);
        Measured before = subject.ask(NETWORK, in);
        Measured after = subject.ask(NETWORK, in.with("x", x.with(last, x.at(last) + 1)));
        Check check = Check.NOTHING_YET;
        for (int i = 0; i < before.array("y").size() / T * (T - 1); i++) {
            check = check.near(
                    "y" + before.array("y").index(i) + " after x_T changed",
                    after.at("y", i),
                    before.at("y", i),
                    after.allowed("y", i) + before.allowed("y", i));
        }
        return check;
    }

    /** The source's recursions, from the states that the definition gives. */
    static Check recursion(Subject subject, Draw draw) {
        Inputs drawn = BidirectionalRegressionOperation.GRADIENT.inputs(draw);
        Inputs in = drawn.with("dy", drawn.array("dy").map(g -> 0)).with("dloss", 1);
        Question<DoubleDouble> q = in.in(DoubleDouble.ARITHMETIC);
        Answer<DoubleDouble> answer = BidirectionalRegression.NETWORK.of(q);
        Tensor<DoubleDouble> error = answer.output("y").minus(q.tensor("z")).map(e -> e.times(2));
        Tensor<DoubleDouble> hf = answer.intermediate("hf");
        Tensor<DoubleDouble> hb = answer.intermediate("hb");
        int T = hf.size(0);

        Tensor<DoubleDouble> dUf = q.tensor("Uf").map(u -> u.times(0));
        Tensor<DoubleDouble> back = hf.slice(0).map(h -> h.times(0));
        for (int t = T - 1; t >= 0; t--) {
            Tensor<DoubleDouble> Gamma =
                    error.slice(t).matmul(q.tensor("Vf").transpose()).plus(back);
            Tensor<DoubleDouble> delta = Gamma.times(slope(hf.slice(t)));
            dUf = dUf.plus(q.tensor("x").slice(t).transpose().matmul(delta));
            back = delta.matmul(q.tensor("Wf").transpose());
        }
        Tensor<DoubleDouble> dWb = q.tensor("Wb").map(w -> w.times(0));
        Tensor<DoubleDouble> forth = hb.slice(0).map(h -> h.times(0));
        for (int t = 0; t < T; t++) {
            Tensor<DoubleDouble> Gamma =
                    error.slice(t).matmul(q.tensor("Vb").transpose()).plus(forth);
            Tensor<DoubleDouble> delta = Gamma.times(slope(hb.slice(t)));
            if (t + 1 < T) { // behind the last step the state is 0
                dWb = dWb.plus(hb.slice(t + 1).transpose().matmul(delta));
            }
            forth = delta.matmul(q.tensor("Wb").transpose());
        }
        Measured measured = subject.ask(BidirectionalRegressionOperation.GRADIENT, in);
        Check check =
                measured.agrees(Check.NOTHING_YET, "dUf", Array.nearest(dUf).elements());
        return measured.agrees(check, "dWb", Array.nearest(dWb).elements());
    }

    /** h(1 − h). */
    private static Tensor<DoubleDouble> slope(Tensor<DoubleDouble> h) {
        return h.times(Twist.complement().of(h));
    }
}
