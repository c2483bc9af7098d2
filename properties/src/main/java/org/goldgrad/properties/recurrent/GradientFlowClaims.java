package org.goldgrad.properties.recurrent;

import java.util.List;
import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.recurrent.Regression;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The laws of gradient norms over time. */
final class GradientFlowClaims {
    private GradientFlowClaims() {}

    static Check linear(Subject subject, Draw draw) {
        Inputs in = GradientFlowOperation.OPERATION
                .inputs(draw)
                .withConvention("nonlinearity", "identity")
                .withConvention("targets", "last");
        Tensor<DoubleDouble> W = in.in(DoubleDouble.ARITHMETIC).tensor("W").transpose();
        int T = in.array("x").size(0);
        double[] expected = new double[T];
        Tensor<DoubleDouble> Gamma = direct(Regression.VANILLA, in, T - 1);
        for (int t = T - 1; t >= 0; t--) {
            expected[t] = norm(Gamma);
            Gamma = Gamma.matmul(W);
        }
        return subject.ask(GradientFlowOperation.OPERATION, in).agrees(Check.NOTHING_YET, "norms", expected);
    }

    static Check bounded(Subject subject, Draw draw) {
        Inputs in = GradientFlowOperation.OPERATION.inputs(draw);
        Measured answer = subject.ask(GradientFlowOperation.OPERATION, in);
        Check check = Check.NOTHING_YET;
        for (int t = 0; t < answer.array("norms").size(); t++) {
            check = check.atMost(
                    "norms_" + (t + 1),
                    answer.at("norms", t),
                    answer.at("bound", t),
                    answer.allowed("norms", t) + answer.allowed("bound", t));
        }
        return check;
    }

    static Check lstmEnd(Subject subject, Draw draw) {
        Inputs in = GradientFlowOperation.LSTM.inputs(draw);
        Measured answer = subject.ask(GradientFlowOperation.LSTM, in);
        int T = in.array("x").size(0);
        double expected = norm(direct(Regression.LSTM, in, T - 1));
        return Check.NOTHING_YET.near(
                "norms_T", answer.at("norms", T - 1), expected, answer.allowed("norms", T - 1) + Math.ulp(expected));
    }

    static Check lstmWithoutRecurrence(Subject subject, Draw draw) {
        Inputs drawn = GradientFlowOperation.LSTM.inputs(draw).withConvention("targets", "last");
        Inputs in = drawn.with("W", drawn.array("W").map(w -> 0));
        Measured answer = subject.ask(GradientFlowOperation.LSTM, in);
        Check check = Check.NOTHING_YET;
        for (int t = 0; t + 1 < in.array("x").size(0); t++) {
            check = check.near("norms_" + (t + 1), answer.at("norms", t), 0, 0);
        }
        return check;
    }

    static Check lstmExplodes(Subject subject, Draw draw) {
        Inputs drawn = GradientFlowOperation.LSTM.inputs(draw).withConvention("targets", "last");
        double w = draw.of(List.of(1.0, 4.0, 16.0));
        Inputs in = drawn.with("W", candidates(drawn, w));
        for (String name : List.of("x", "h0", "c0", "b")) {
            in = in.with(name, in.array(name).map(z -> 0));
        }
        Measured answer = subject.ask(GradientFlowOperation.LSTM, in);
        int T = in.array("x").size(0);
        Check check = T == 1 ? Check.SKIPPED : Check.NOTHING_YET;
        double growth = w / 4;
        for (int t = T - 2; t >= 0; t--) {
            double expected = growth * answer.at("norms", T - 1);
            double allowed = answer.allowed("norms", t) + growth * answer.allowed("norms", T - 1) + Math.ulp(expected);
            check = check.near("norms_" + (t + 1), answer.at("norms", t), expected, allowed);
            growth *= 0.5 + w / 4;
        }
        return check;
    }

    /** Recurrent weights whose part for the candidate is wI. */
    private static Array candidates(Inputs in, double w) {
        Array W = in.array("W");
        int hidden = W.size(0);
        int g = in.convention("gate_order").indexOf('g');
        for (int i = 0; i < hidden; i++) {
            for (int j = 0; j < hidden; j++) {
                W = W.with((i * 4 + g) * hidden + j, i == j ? w : 0);
            }
        }
        return W;
    }

    /** (2/N)(ŷ_t − z_t) Fᵀ, what the loss at step t sees of h_t directly. */
    private static Tensor<DoubleDouble> direct(Definition regression, Inputs in, int t) {
        Question<DoubleDouble> q = in.in(DoubleDouble.ARITHMETIC);
        Tensor<DoubleDouble> z = q.tensor("z").slice(t);
        int steps = in.convention("targets").equals("all") ? in.array("x").size(0) : 1;
        Tensor<DoubleDouble> error =
                regression.of(q).output("prediction").slice(t).minus(z);
        return error.matmul(q.tensor("F").transpose()).map(e -> e.times(2).dividedBy(steps * z.size()));
    }

    private static double norm(Tensor<DoubleDouble> M) {
        return M.dot(M).sqrt().doubleValue();
    }
}
