package org.goldgrad.properties.optimization;

import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The laws of Nesterov's momentum. */
final class NesterovClaims {
    private static final String FORM = "form";

    private NesterovClaims() {}

    private static Operation nesterov() {
        return NesterovOperation.OPERATION;
    }

    static Check forms(Subject subject, Draw draw) {
        Inputs in = nesterov().inputs(draw);
        Measured outside = subject.ask(nesterov(), in.withConvention(FORM, "outside"));
        Measured inside = subject.ask(nesterov(), in.withConvention(FORM, "inside"));
        Measured ahead = subject.ask(nesterov(), in.withConvention(FORM, "look_ahead"));
        Check check = inside.agrees(Check.NOTHING_YET, "theta", outside, "theta");
        for (int i = 0; i < outside.array("v").size(); i++) {
            double momentum = GroupClaims.setting(in, "momentum", i);
            double lr = GroupClaims.setting(in, "lr", i);
            double phi = ahead.at("theta", i) - momentum * ahead.at("v", i);
            double allowed = ahead.allowed("theta", i)
                    + momentum * ahead.allowed("v", i)
                    + outside.allowed("theta", i)
                    + 2 * Math.ulp(Math.abs(ahead.at("theta", i)) + Math.abs(ahead.at("v", i)));
            String at = outside.array("v").index(i);
            check = check.near("φ" + at, phi, outside.at("theta", i), allowed)
                    .near(
                            "v" + at + " with the rate inside",
                            inside.at("v", i),
                            lr * outside.at("v", i),
                            inside.allowed("v", i) + lr * outside.allowed("v", i) + Math.ulp(inside.at("v", i)));
        }
        return check;
    }

    static Check firstStep(Subject subject, Draw draw) {
        Inputs drawn = nesterov().inputs(draw);
        Inputs in = nesterov().signature().take(drawn, "steps", 0);
        boolean ahead = in.convention(FORM).equals("look_ahead");
        double[] theta = new double[in.array("theta0").size()];
        for (int i = 0; i < theta.length; i++) {
            DoubleDouble start = DoubleDouble.ARITHMETIC.of(in.array("theta0").at(i));
            DoubleDouble gradient =
                    start.times(in.array("curvature").at(i)).plus(in.array("g").at(i));
            double reach = ahead ? 1 : 1 + GroupClaims.setting(in, "momentum", i); // exact: settings are tidy
            theta[i] = start.minus(
                            gradient.times(GroupClaims.setting(in, "lr", i)).times(reach))
                    .doubleValue();
        }
        return subject.ask(nesterov(), in).agrees(Check.NOTHING_YET, "theta", theta);
    }

    static Check formsAgree(Subject subject, Draw draw) {
        Inputs in = nesterov().inputs(draw);
        Measured outside = subject.ask(nesterov(), in.withConvention(FORM, "outside"));
        Measured ahead = subject.ask(nesterov(), in.withConvention(FORM, "look_ahead"));
        return ahead.agrees(Check.NOTHING_YET, "theta", outside, "theta");
    }
}
