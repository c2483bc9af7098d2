package org.goldgrad.properties.recurrent;

import java.util.Arrays;
import java.util.List;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The laws of gradients through recurrent weights of low rank. */
final class LowRankGradientClaims {
    private static final Operation GRADIENT = LowRankOperation.GRADIENT;

    private LowRankGradientClaims() {}

    /** Two steps, then every minor of one more row than the rank is 0. */
    static Check rank(Subject subject, Draw draw) {
        Inputs in = GRADIENT.inputs(draw);
        double eta = draw.of(0x1p-10, 0x1p-4, 1.0);
        int order = in.array("P").size(1) + 1;
        if (order > in.array("P").size(0)) {
            return Check.SKIPPED; // nothing has a higher rank than that
        }
        for (int step = 0; step < 2; step++) {
            Measured d = subject.ask(GRADIENT, in);
            in = in.with("P", stepped(in.array("P"), d.array("dP"), eta))
                    .with("Q", stepped(in.array("Q"), d.array("dQ"), eta));
        }
        Measured W = lowRankPart(subject, in);
        Check check = Check.NOTHING_YET;
        List<int[]> subsets = Minor.subsets(in.array("P").size(0), order);
        for (int[] rows : subsets) {
            for (int[] columns : subsets) {
                Minor minor = Minor.of(W, "dh0", rows, columns);
                check = check.near("minor of W - R", minor.value(), 0, minor.allowed());
            }
        }
        return check;
    }

    private static Array stepped(Array factor, Array gradient, double eta) {
        Array stepped = factor;
        for (int i = 0; i < factor.size(); i++) {
            stepped = stepped.with(i, factor.at(i) - eta * gradient.at(i));
        }
        return stepped;
    }

    /** (PᵀdP)_ij = (dQᵀQ)_ij. */
    static Check balance(Subject subject, Draw draw) {
        Inputs in = GRADIENT.inputs(draw);
        Array P = in.array("P");
        Array Q = in.array("Q");
        Measured d = subject.ask(GRADIENT, in);
        int n = P.size(0);
        int rank = P.size(1);
        Check check = Check.NOTHING_YET;
        for (int ij = 0; ij < rank * rank; ij++) {
            double left = 0;
            double right = 0;
            double allowed = 0;
            for (int row = 0; row < n; row++) {
                int i = row * rank + ij / rank;
                int j = row * rank + ij % rank;
                double PdP = P.at(i) * d.at("dP", j);
                double dQQ = d.at("dQ", i) * Q.at(j);
                left += PdP;
                right += dQQ;
                allowed += Math.abs(P.at(i)) * d.allowed("dP", j)
                        + Math.abs(Q.at(j)) * d.allowed("dQ", i)
                        + (n + 1) * (Math.ulp(PdP) + Math.ulp(dQQ));
            }
            check = check.near("(PᵀdP)[" + ij / rank + "," + ij % rank + "]", left, right, allowed);
        }
        return check;
    }

    static Check oneOverK(Subject subject, Draw draw) {
        Inputs in = GRADIENT.inputs(draw).withConvention("scale", "one_over_k");
        Measured part = lowRankPart(subject, in);
        double bound =
                largest(in.array("P")) * largest(in.array("Q")) / in.array("P").size(1);
        Check check = Check.NOTHING_YET;
        for (int i = 0; i < part.array("dh0").size(); i++) {
            double entry = Math.abs(part.at("dh0", i));
            check = check.atMost("|entry of (1/K) P Qᵀ|", entry, bound, Math.ulp(bound) + part.allowed("dh0", i));
        }
        return check;
    }

    private static double largest(Array array) {
        return Arrays.stream(array.elements()).map(Math::abs).max().orElse(0);
    }

    static Check weak(Subject subject, Draw draw) {
        Inputs in = GRADIENT.inputs(draw);
        Array P = in.array("P");
        Array Q = in.array("Q");
        double s = in.convention("scale").equals("alpha") ? in.scalar("alpha") : 1.0 / P.size(1);
        Measured part = lowRankPart(subject, in);
        Array W = part.array("dh0");
        double slack = VanillaGradientClaims.allowed(part, "dh0", 0, W.size());
        double frobenius = s * norm(P) * norm(Q);
        double operator = s * OperatorNorm.of(P).above() * OperatorNorm.of(Q).above();
        return Check.NOTHING_YET
                .atMost("‖s P Qᵀ‖", norm(W), frobenius, slack + 8 * Math.ulp(frobenius))
                .atMost("‖s P Qᵀ‖₂", OperatorNorm.of(W).below(), operator, slack + 8 * Math.ulp(operator));
    }

    private static double norm(Array array) {
        return VanillaGradientClaims.norm(array.elements());
    }

    /**
     * s P Qᵀ as the layer has it, transposed, as dh0: one step from states and inputs of 0 without random weights, where the
     * slope of tanh is 1, with dh_1 the identity.
     */
    private static Measured lowRankPart(Subject subject, Inputs in) {
        int n = in.array("R").size(0);
        Inputs question = GRADIENT.signature().take(in, "time", 0);
        question = GRADIENT.signature().take(question, "batch", new int[n]);
        for (String name : List.of("x", "h0", "b", "R", "dh")) {
            question = question.with(name, question.array(name).map(x -> 0));
        }
        Array identity = question.array("dh");
        for (int i = 0; i < n; i++) {
            identity = identity.with(i * n + i, 1);
        }
        return subject.ask(GRADIENT, question.with("dh", identity));
    }
}
