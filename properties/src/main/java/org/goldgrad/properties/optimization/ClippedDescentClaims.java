package org.goldgrad.properties.optimization;

import java.util.Map;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The laws of descent along clipped gradients. */
final class ClippedDescentClaims {
    private static final Map<String, String> AFTER = Map.of("decay", "after", "epsilon", "none");

    private ClippedDescentClaims() {}

    private static Operation descent() {
        return ClippedDescentOperation.OPERATION;
    }

    static Check lossScale(Subject subject, Draw draw) {
        Inputs in = descent().inputs(draw);
        double scale = Math.scalb(1.0, draw.choice(21));
        Inputs scaled = in.with("g", in.array("g").map(g -> scale * g)).with("scale", scale * in.scalar("scale"));
        Measured plain = subject.ask(descent(), in);
        Measured answer = subject.ask(descent(), scaled);
        Check check = answer.agrees(Check.NOTHING_YET, "clipped", plain, "clipped");
        return answer.agrees(check, "theta", plain, "theta");
    }

    static Check inTheBall(Subject subject, Draw draw) {
        Inputs in = descent().inputs(draw);
        Measured answer = subject.ask(descent(), in);
        Array theta = answer.array("theta");
        Array off = Euclid.allowed(answer, "theta");
        Array offClipped = Euclid.allowed(answer, "clipped");
        Check check = Check.NOTHING_YET;
        for (int t = 0; t < theta.size(0); t++) {
            check = check.atMost(
                    "‖k_" + (t + 1) + "‖",
                    Euclid.norm(answer.array("clipped").take(0, t)),
                    in.scalar("limit"),
                    Euclid.norm(offClipped.take(0, t)));
            for (int i = 0; i < theta.size(1); i++) {
                check = check.atMost(
                        "‖θ_" + (t + 1) + "‖ of tensor " + i,
                        Euclid.norm(theta.take(0, t).take(1, i)),
                        in.scalar("radius"),
                        Euclid.norm(off.take(0, t).take(1, i)));
            }
        }
        return check;
    }

    static Check stepBound(Subject subject, Draw draw) {
        Inputs in = descent().inputs(draw, AFTER).with("weight_decay", 0);
        Measured answer = subject.ask(descent(), in);
        Array theta = answer.array("theta");
        Array off = Euclid.allowed(answer, "theta");
        double most = in.scalar("lr") * in.scalar("limit");
        Check check = Check.NOTHING_YET;
        if (startsInTheBall(in)) {
            check = check.atMost(
                    "‖θ_1 - θ_0‖",
                    Euclid.distance(theta.take(0, 0), in.array("theta0")),
                    most,
                    Euclid.norm(off.take(0, 0)));
        }
        for (int t = 1; t < theta.size(0); t++) {
            check = check.atMost(
                    "‖θ_" + (t + 1) + " - θ_" + t + "‖",
                    Euclid.distance(theta.take(0, t), theta.take(0, t - 1)),
                    most,
                    Euclid.norm(off.take(0, t)) + Euclid.norm(off.take(0, t - 1)));
        }
        return check.comparison().isEmpty() ? Check.SKIPPED : check;
    }

    private static boolean startsInTheBall(Inputs in) {
        Array theta0 = in.array("theta0");
        for (int i = 0; i < theta0.size(0); i++) {
            if (Euclid.norm(theta0.take(0, i)) > in.scalar("radius")) {
                return false;
            }
        }
        return true;
    }

    static Check beforeIsAfter(Subject subject, Draw draw) {
        Inputs in = descent().inputs(draw, AFTER);
        return subject.ask(descent(), in.withConvention("decay", "before"))
                .agrees(Check.NOTHING_YET, "theta", subject.ask(descent(), in), "theta");
    }
}
