package org.goldgrad.properties.recurrent;

import java.util.List;
import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.recurrent.Nonlinearity;
import org.goldgrad.analytic.recurrent.Preactivation;
import org.goldgrad.analytic.recurrent.VanillaRnn;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The laws of the layer of pre-activations. */
final class PreactivationClaims {
    private static final Operation GRADIENT = PreactivationOperation.GRADIENT;

    /** Slopes below this are taken for 0: nothing is divided by them. */
    private static final double FLAT = 0x1p-20;

    private PreactivationClaims() {}

    /** φ is nowhere steeper than γ, so φ(h_t) is known as well as γ h_t. */
    static Check equivalence(Subject subject, Draw draw) {
        Inputs in = PreactivationOperation.OPERATION.inputs(draw);
        Question<DoubleDouble> q = in.in(DoubleDouble.ARITHMETIC);
        Nonlinearity phi = Nonlinearity.of(q);
        Tensor<DoubleDouble> g = plain(q).output("h");
        Measured answer = subject.ask(PreactivationOperation.OPERATION, in);
        Check check = Check.NOTHING_YET;
        for (int i = 0; i < g.size(); i++) {
            double h = phi.of(DoubleDouble.ARITHMETIC.of(answer.at("h", i))).doubleValue();
            double slack = phi.steepest() * answer.allowed("h", i) + 2 * Math.ulp(h);
            check = check.near("φ(h)" + answer.array("h").index(i), h, g.at(i).doubleValue(), slack);
        }
        return check;
    }

    /** The plain layer from g_0 = φ(h_0). */
    private static Answer<DoubleDouble> plain(Question<DoubleDouble> q) {
        return VanillaRnn.LAYER.of(fromSquashed(q));
    }

    private static Question<DoubleDouble> fromSquashed(Question<DoubleDouble> q) {
        Nonlinearity phi = Nonlinearity.of(q);
        return q.with("h0", q.tensor("h0").map(phi::of));
    }

    /** dg = dh/φ'(h) where that is steep enough, and dh = dg = 0 elsewhere. */
    static Check equivalentGradient(Subject subject, Draw draw) {
        Inputs drawn = GRADIENT.inputs(draw);
        Question<DoubleDouble> q = drawn.in(DoubleDouble.ARITHMETIC);
        Nonlinearity phi = Nonlinearity.of(q);
        Tensor<DoubleDouble> slopes = Slopes.of(phi, Preactivation.LAYER.of(q).output("h"));
        Array dh = drawn.array("dh");
        for (int i = 0; i < dh.size(); i++) {
            dh = slopes.at(i).doubleValue() < FLAT ? dh.with(i, 0) : dh;
        }
        Array kept = dh;
        Tensor<DoubleDouble> dg = Tensor.of(
                DoubleDouble.ARITHMETIC,
                slopes.shape(),
                i -> kept.at(i) == 0
                        ? DoubleDouble.ARITHMETIC.zero()
                        : DoubleDouble.ARITHMETIC.of(kept.at(i)).dividedBy(slopes.at(i)));
        Answer<DoubleDouble> plain = VanillaOperation.plainGradient(VanillaRnn.LAYER)
                .of(fromSquashed(q).with("dh", dg));
        Measured answer = subject.ask(GRADIENT, drawn.with("dh", dh));
        Check check = Check.NOTHING_YET;
        for (String output : List.of("dx", "dU", "dW", "db")) {
            check = answer.agrees(
                    check, output, Array.nearest(plain.output(output)).elements());
        }
        Tensor<DoubleDouble> dh0 = plain.output("dh0").times(Slopes.of(phi, q.tensor("h0")));
        return answer.agrees(check, "dh0", Array.nearest(dh0).elements());
    }

    /** The whole Jacobian: as many copies of one sequence as there are units, each with a loss that sees one unit of h_T. */
    static Check explosionSufficient(Subject subject, Draw draw) {
        Inputs drawn = GRADIENT.inputs(draw);
        double gamma = Nonlinearity.of(drawn.in(DoubleDouble.ARITHMETIC)).steepest();
        if (!(gamma * OperatorNorm.of(drawn.array("W")).below() > 1)) {
            return Check.SKIPPED;
        }
        int n = drawn.array("W").size(0);
        Inputs in = GRADIENT.signature().take(drawn, "batch", new int[n]);
        int T = in.array("dh").size(0);
        Array dh = in.array("dh").map(g -> 0);
        for (int unit = 0; unit < n; unit++) {
            dh = dh.with((T - 1) * n * n + unit * n + unit, 1);
        }
        Measured answer = subject.ask(GRADIENT, in.with("dh", dh));
        double norm = VanillaGradientClaims.norm(answer.array("dh0").elements());
        double slack = VanillaGradientClaims.allowed(answer, "dh0", 0, n * n);
        return Check.NOTHING_YET.atMost("1 against ‖∂h_T/∂h_0‖: 1", 1, norm, slack);
    }
}
