package org.goldgrad.properties.recurrent;

import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.recurrent.VanillaRnn;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The laws of the plain recurrent layer. */
final class VanillaClaims {
    private static final Operation LAYER = VanillaOperation.OPERATION;

    private VanillaClaims() {}

    static Check bounded(Subject subject, Draw draw) {
        Inputs in = LAYER.inputs(draw).withConvention("nonlinearity", "tanh");
        Check check = Check.NOTHING_YET;
        for (double h : subject.ask(LAYER, in).array("h").elements()) {
            check = check.atMost("|h|", Math.abs(h), 1, Math.ulp(1.0));
        }
        return check;
    }

    static Check linear(Subject subject, Draw draw) {
        Inputs in = LAYER.inputs(draw).withConvention("nonlinearity", "identity");
        double[] expected =
                Array.nearest(VanillaRnn.linear(in.in(DoubleDouble.ARITHMETIC))).elements();
        return subject.ask(LAYER, in).agrees(Check.NOTHING_YET, "h", expected);
    }

    /** By a power of two, so that the scaled inputs are exact. */
    static Check homogeneous(Subject subject, Draw draw) {
        Inputs drawn = LAYER.inputs(draw).withConvention("nonlinearity", "relu");
        double c = draw.of(2.0, 0.5, 8.0, 0x1p-10);
        Inputs in = drawn.with("b", drawn.array("b").map(b -> 0));
        Inputs scaled = in.with("x", in.array("x").map(x -> c * x))
                .with("h0", in.array("h0").map(h -> c * h));
        Measured before = subject.ask(LAYER, in);
        Measured after = subject.ask(LAYER, scaled);
        Check check = Check.NOTHING_YET;
        for (int i = 0; i < before.array("h").size(); i++) {
            check = check.near(
                    "h of c x",
                    after.at("h", i),
                    c * before.at("h", i),
                    after.allowed("h", i) + c * before.allowed("h", i));
        }
        return check;
    }
}
