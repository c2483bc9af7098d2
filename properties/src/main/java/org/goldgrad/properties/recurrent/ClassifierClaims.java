package org.goldgrad.properties.recurrent;

import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.recurrent.Classifier;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The laws of the classifier of sequences. */
final class ClassifierClaims {
    private static final Operation NETWORK = ClassifierOperation.OPERATION;

    private ClassifierClaims() {}

    /** e^x is off by as much as x is, relatively. */
    static Check probabilities(Subject subject, Draw draw) {
        Inputs in = NETWORK.inputs(draw);
        Measured answer = subject.ask(NETWORK, in);
        int classes = in.array("f").size();
        Check check = Check.NOTHING_YET;
        for (int k = 0; k < in.array("labels").size(); k++) {
            double sum = 0;
            double allowed = 0;
            for (int i = k * classes; i < (k + 1) * classes; i++) {
                double p = DoubleDouble.of(answer.at("logp", i)).exp().doubleValue();
                sum += p;
                allowed += 2 * p * answer.allowed("logp", i) + classes * Math.ulp(p);
            }
            check = check.near("Σ p", sum, 1, allowed + classes * Math.ulp(1.0));
        }
        return check.atMost("-loss", -answer.at("loss", 0), 0, answer.allowed("loss", 0));
    }

    /** By 1, where that is exact. */
    static Check shift(Subject subject, Draw draw) {
        Inputs in = NETWORK.inputs(draw);
        Array f = in.array("f");
        Array shifted = f.map(x -> x + 1);
        if (!shifted.map(x -> x - 1).equals(f)) {
            return Check.SKIPPED;
        }
        Measured before = subject.ask(NETWORK, in);
        Measured after = subject.ask(NETWORK, in.with("f", shifted));
        return after.agrees(after.agrees(Check.NOTHING_YET, "logp", before, "logp"), "loss", before, "loss");
    }

    static Check gradient(Subject subject, Draw draw) {
        Inputs drawn = ClassifierOperation.GRADIENT.inputs(draw);
        Inputs in = drawn.with("dlogp", drawn.array("dlogp").map(g -> 0));
        Question<DoubleDouble> q = in.in(DoubleDouble.ARITHMETIC);
        Answer<DoubleDouble> answer = Classifier.NETWORK.of(q);
        Tensor<DoubleDouble> p = answer.output("logp").map(DoubleDouble::exp);
        int batch = p.size(0);
        int classes = p.size(1);
        Tensor<DoubleDouble> dlogits = Tensor.of(DoubleDouble.ARITHMETIC, p.shape(), i -> {
            boolean label = in.array("labels").at(i / classes) == i % classes;
            return p.at(i).minus(label ? 1 : 0).times(q.scalar("dloss")).dividedBy(batch);
        });
        Tensor<DoubleDouble> h = answer.intermediate("h");
        Tensor<DoubleDouble> dF = h.slice(h.size(0) - 1).transpose().matmul(dlogits);
        Tensor<DoubleDouble> ones =
                Tensor.of(DoubleDouble.ARITHMETIC, new int[] {1, batch}, i -> DoubleDouble.ARITHMETIC.one());
        Tensor<DoubleDouble> df = ones.matmul(dlogits);
        Measured measured = subject.ask(ClassifierOperation.GRADIENT, in);
        Check check = measured.agrees(Check.NOTHING_YET, "dF", Array.nearest(dF).elements());
        check = measured.agrees(check, "df", Array.nearest(df).elements());
        double sum = 0;
        double allowed = 0;
        for (int c = 0; c < classes; c++) {
            sum += measured.at("df", c);
            allowed += measured.allowed("df", c) + classes * Math.ulp(measured.at("df", c));
        }
        return check.near("Σ df", sum, 0, allowed);
    }
}
