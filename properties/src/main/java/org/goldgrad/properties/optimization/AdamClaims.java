package org.goldgrad.properties.optimization;

import java.util.Map;
import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.optimization.Adam;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The laws of Adam. */
final class AdamClaims {
    private static final Map<String, String> OUTSIDE = Map.of("epsilon", "outside", "decay", "decoupled");

    private AdamClaims() {}

    private static Operation adam() {
        return AdamOperation.OPERATION;
    }

    private static Inputs withoutDecay(Inputs in) {
        return in.with("weight_decay", in.array("weight_decay").map(x -> 0));
    }

    static Check firstStep(Subject subject, Draw draw) {
        Inputs drawn = withoutDecay(adam().inputs(draw, OUTSIDE));
        Inputs in = drawn.with("g", drawn.array("g").take(0, 0));
        double[] theta = new double[in.array("theta0").size()];
        for (int i = 0; i < theta.length; i++) {
            DoubleDouble g = DoubleDouble.ARITHMETIC.of(in.array("g").at(i));
            DoubleDouble step = g.times(GroupClaims.setting(in, "lr", i))
                    .dividedBy(g.abs().plus(GroupClaims.setting(in, "eps", i)));
            theta[i] = DoubleDouble.ARITHMETIC
                    .of(in.array("theta0").at(i))
                    .minus(step)
                    .doubleValue();
        }
        return subject.ask(adam(), in).agrees(Check.NOTHING_YET, "theta", theta);
    }

    /** m_t = (1−β₁ᵗ)g and v_t = (1−β₂ᵗ)g². */
    static Check constantGradient(Subject subject, Draw draw) {
        Inputs drawn = adam().inputs(draw, OUTSIDE);
        Array g = drawn.array("g");
        int each = g.size() / g.size(0);
        Array constant = g;
        for (int i = each; i < g.size(); i++) {
            constant = constant.with(i, g.at(i % each));
        }
        Inputs in = drawn.with("g", constant);
        double[] m = new double[g.size()];
        double[] v = new double[g.size()];
        for (int i = 0; i < m.length; i++) {
            DoubleDouble gi = DoubleDouble.ARITHMETIC.of(constant.at(i));
            m[i] = rise(in, "beta1", i).times(gi).doubleValue();
            v[i] = rise(in, "beta2", i).times(gi.square()).doubleValue();
        }
        Measured answer = subject.ask(adam(), in);
        return answer.agrees(answer.agrees(Check.NOTHING_YET, "m", m), "v", v);
    }

    /** 1 − βᵗ for the step and the group of an element. */
    private static DoubleDouble rise(Inputs in, String beta, int element) {
        int each = in.array("theta0").size();
        DoubleDouble b = DoubleDouble.ARITHMETIC.of(GroupClaims.setting(in, beta, element));
        return DoubleDouble.ARITHMETIC.one().minus(b.pow(element / each + 1));
    }

    static Check scaleInvariance(Subject subject, Draw draw) {
        Inputs in = adam().inputs(draw, Map.of("epsilon", draw.of("outside", "hat"), "decay", "decoupled"));
        double c = Math.scalb(1 + draw.choice(4) / 4.0, draw.choice(21) - 10);
        Inputs scaled = in.with("g", in.array("g").map(g -> c * g))
                .with("eps", in.array("eps").map(e -> c * e));
        return subject.ask(adam(), scaled).agrees(Check.NOTHING_YET, "theta", subject.ask(adam(), in), "theta");
    }

    /** Squared, so that no root of a subnormal comes in: m² ≤ bound² v. */
    static Check stepBound(Subject subject, Draw draw) {
        Inputs in = adam().inputs(draw);
        Measured answer = subject.ask(adam(), in);
        Check check = Check.NOTHING_YET;
        int each = in.array("theta0").size();
        for (int i = 0; i < answer.array("m").size(); i++) {
            double beta2 = GroupClaims.setting(in, "beta2", i);
            if (beta2 > 0 && answer.at("v", i) > 0) {
                DoubleDouble bound = Adam.largestRatio(
                        DoubleDouble.ARITHMETIC.of(GroupClaims.setting(in, "beta1", i)),
                        DoubleDouble.ARITHMETIC.of(beta2),
                        i / each + 1);
                double most = bound.square().times(answer.at("v", i)).doubleValue();
                double m = answer.at("m", i);
                double allowed = 2 * Math.abs(m) * answer.allowed("m", i)
                        + bound.square().doubleValue() * answer.allowed("v", i)
                        + 2 * Math.ulp(most);
                check = check.atMost("m² where v = " + answer.at("v", i), m * m, most, allowed);
            }
        }
        return check.comparison().isEmpty() ? Check.SKIPPED : check;
    }

    static Check momentsAreAverages(Subject subject, Draw draw) {
        Inputs drawn = adam().inputs(draw, OUTSIDE);
        Inputs in = adam().signature().take(drawn, "groups", 0);
        Array g = in.array("g");
        Inputs average = new Inputs(Map.of(), Map.of(), Map.of("correction", "raw"))
                .with("theta0", Array.vector(new double[g.size(2)]))
                .with("delta", 1);
        Inputs first = average.with("beta", in.array("beta1").at(0))
                .with("g", Array.of(new int[] {g.size(0), g.size(2)}, g.elements()));
        // Squares of tidy gradients have at most 8 bits: exact in every format that holds their magnitude.
        Inputs second = average.with("beta", in.array("beta2").at(0))
                .with(
                        "g",
                        Array.of(
                                new int[] {g.size(0), g.size(2)},
                                g.map(x -> x * x).elements()));
        Measured answer = subject.ask(adam(), in);
        Check check = answer.agrees(Check.NOTHING_YET, "m", subject.ask(RunningAverageOperation.OPERATION, first), "v");
        return answer.agrees(check, "v", subject.ask(RunningAverageOperation.OPERATION, second), "v");
    }

    static Check l2EqualsDecoupled(Subject subject, Draw draw) {
        Inputs in = adam().inputs(draw, OUTSIDE);
        Measured decoupled = subject.ask(adam(), in);
        Measured coupled = subject.ask(adam(), in.withConvention("decay", "coupled"));
        return coupled.agrees(Check.NOTHING_YET, "theta", decoupled, "theta");
    }
}
