package org.goldgrad.properties.optimization;

import java.util.Map;
import java.util.stream.IntStream;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Signature;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The laws of checkpoints. */
final class AdamResumedClaims {
    private AdamResumedClaims() {}

    private static Operation resumed() {
        return AdamResumedOperation.OPERATION;
    }

    /** The whole way by Adam; its end again, from what our reference has at the middle, which is a checkpoint like any other. */
    static Check continues(Subject subject, Draw draw) {
        Inputs in = AdamOperation.OPERATION.inputs(draw, Map.of("epsilon", "outside", "decay", "decoupled"));
        Array g = in.array("g");
        int steps = g.size(0);
        Inputs fresh = new Inputs(in.arrays(), Map.of(), Map.of("counter", draw.of("own", "global")))
                .with("m0", in.array("theta0").map(x -> 0))
                .with("v0", in.array("theta0").map(x -> 0))
                .with("t0", 0)
                .with("present", ones(steps, g.size(1)));
        Measured adam = subject.ask(AdamOperation.OPERATION, in);
        Measured whole = subject.ask(resumed(), fresh);
        Check check = Check.NOTHING_YET;
        for (String output : new String[] {"m", "v", "theta"}) {
            check = whole.agrees(check, output, adam, output);
        }
        if (steps == 1) {
            return check;
        }
        int half = steps / 2;
        int[] rest = IntStream.range(half, steps).toArray();
        Inputs later = fresh.with("g", g.take(0, rest))
                .with("present", ones(rest.length, g.size(1)))
                .with("theta0", whole.array("theta").take(0, half - 1))
                .with("m0", whole.array("m").take(0, half - 1))
                .with("v0", whole.array("v").take(0, half - 1))
                .with("t0", half);
        Measured end = subject.ask(resumed(), shaped(later, in.array("theta0")));
        for (int i = 0; i < end.array("theta").size(); i++) {
            int at = half * in.array("theta0").size() + i;
            double allowed = end.allowed("theta", i) + 2 * whole.allowed("theta", at);
            check = check.near("θ" + end.array("theta").index(i), end.at("theta", i), whole.at("theta", at), allowed);
        }
        return check;
    }

    /** One step of a trajectory has an axis of length 1 in front. */
    private static Inputs shaped(Inputs in, Array like) {
        Inputs shaped = in;
        for (String name : new String[] {"theta0", "m0", "v0"}) {
            shaped = shaped.with(name, Array.of(like.shape(), in.array(name).elements()));
        }
        return shaped;
    }

    private static Array ones(int... shape) {
        double[] ones = new double[shape[0] * shape[1]];
        java.util.Arrays.fill(ones, 1);
        return Array.of(shape, ones);
    }

    static Check vanish(Subject subject, Draw draw) {
        Inputs drawn = resumed().inputs(draw, Map.of("counter", "own"));
        Signature signature = resumed().signature();
        Inputs in = signature.take(drawn, "groups", 0);
        Array present = in.array("present");
        int[] taken = IntStream.range(0, present.size())
                .filter(t -> present.at(t) > 0)
                .toArray();
        if (taken.length == 0 || taken.length == present.size()) {
            return Check.SKIPPED;
        }
        Measured all = subject.ask(resumed(), in);
        Measured only = subject.ask(resumed(), signature.take(in, "steps", taken));
        Check check = Check.NOTHING_YET;
        for (String output : new String[] {"m", "v", "theta"}) {
            check = check.equal(
                    output + " at steps with a gradient", all.array(output).take(0, taken), only.array(output));
        }
        return check;
    }
}
