package org.goldgrad.properties.recurrent;

import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.recurrent.Nonlinearity;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The laws of residual blocks. */
final class ResidualClaims {
    private static final Operation GRADIENT = ResidualOperation.GRADIENT;

    private ResidualClaims() {}

    /** φ(0) is ½ for the logistic function and 0 for the others; for relu the question stands on its kink. */
    static Check identity(Subject subject, Draw draw) {
        Inputs drawn = ResidualOperation.OPERATION.inputs(draw);
        Inputs in = drawn.with("W", drawn.array("W").map(w -> 0))
                .with("b", drawn.array("b").map(b -> 0));
        Array h0 = in.array("h0");
        double step = Nonlinearity.of(in.in(DoubleDouble.ARITHMETIC)) == Nonlinearity.SIGMOID ? 0.5 : 0;
        double[] expected = new double[h0.size() * in.array("W").size(0)];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = h0.at(i % h0.size()) + (i / h0.size() + 1) * step;
        }
        return subject.ask(ResidualOperation.OPERATION, in).agrees(Check.NOTHING_YET, "h", expected);
    }

    /** Weights so small that every block's slope stays below 1. */
    static Check jacobian(Subject subject, Draw draw) {
        Inputs drawn = GRADIENT.signature().take(GRADIENT.inputs(draw), "batch", 0);
        Array dh = drawn.array("dh");
        int n = dh.size(2);
        int last = dh.size() - n;
        for (int i = 0; i < last; i++) {
            dh = dh.with(i, 0);
        }
        Inputs in = drawn.with("W", drawn.array("W").map(w -> w / 1024)).with("dh", dh);
        double gamma = Nonlinearity.of(in.in(DoubleDouble.ARITHMETIC)).steepest();
        double bound = VanillaGradientClaims.norm(dh.take(0, dh.size(0) - 1).elements());
        Array W = in.array("W");
        for (int t = 0; t < W.size(0); t++) {
            Array Wt = Array.of(new int[] {n, n}, W.take(0, t).elements());
            double slope = gamma * OperatorNorm.of(Wt).above();
            if (slope >= 1) {
                return Check.SKIPPED;
            }
            bound *= 1 - slope;
        }
        Measured answer = subject.ask(GRADIENT, in);
        double slack = Math.ulp(bound) * 8 + VanillaGradientClaims.allowed(answer, "dh0", 0, n);
        double norm = VanillaGradientClaims.norm(answer.array("dh0").elements());
        return Check.NOTHING_YET.atMost("Π(1 - γ‖W_t‖) ‖∂L/∂h_T‖", bound, norm, slack);
    }

    static Check passesGradient(Subject subject, Draw draw) {
        Inputs drawn = GRADIENT.inputs(draw);
        Inputs in = drawn.with("W", drawn.array("W").map(w -> 0));
        Array dh = in.array("dh");
        int n = in.array("h0").size();
        double[] sum = new double[n];
        for (int i = 0; i < dh.size(); i++) {
            sum[i % n] += dh.at(i);
        }
        return subject.ask(GRADIENT, in).agrees(Check.NOTHING_YET, "dh0", sum);
    }
}
