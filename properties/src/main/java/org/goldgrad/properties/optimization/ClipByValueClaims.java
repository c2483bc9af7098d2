package org.goldgrad.properties.optimization;

import java.util.Map;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The laws of clipping by value. */
final class ClipByValueClaims {
    private static final Map<String, String> BY_NORM = Map.of("scope", "global", "epsilon", "none");

    private ClipByValueClaims() {}

    private static Operation clip() {
        return ClipByValueOperation.OPERATION;
    }

    static Check value(Subject subject, Draw draw) {
        Inputs in = clip().inputs(draw);
        Array g = in.array("g");
        double c = in.scalar("limit");
        Measured answer = subject.ask(clip(), in);
        Array clipped = answer.array("clipped");
        double[] expected =
                g.map(x -> Math.signum(x) * Math.min(Math.abs(x), c)).elements();
        Check check = answer.agrees(Check.NOTHING_YET, "clipped", expected);
        check = subject.ask(clip(), in.with("g", clipped)).agrees(check, "clipped", clipped.elements());
        Array other = g.map(x -> x + (draw.choice(33) - 16) / 8.0);
        Measured there = subject.ask(clip(), in.with("g", other));
        for (int i = 0; i < g.size(); i++) {
            check = check.atMost(
                    "distance of two clipped elements",
                    Math.abs(clipped.at(i) - there.at("clipped", i)),
                    Math.abs(g.at(i) - other.at(i)),
                    answer.allowed("clipped", i) + there.allowed("clipped", i));
        }
        return check;
    }

    static Check afterNorm(Subject subject, Draw draw) {
        Inputs in = ClipByNormOperation.OPERATION.inputs(draw, BY_NORM);
        Measured byNorm = subject.ask(ClipByNormOperation.OPERATION, in);
        double a = Math.scalb(in.scalar("limit"), draw.choice(3));
        Measured both = subject.ask(clip(), question(byNorm.array("clipped"), a));
        return Euclid.agrees(
                Check.NOTHING_YET, both, "clipped", byNorm.array("clipped"), Euclid.allowed(byNorm, "clipped"));
    }

    static Check keepsTheDirection(Subject subject, Draw draw) {
        Inputs in = clip().inputs(draw);
        Measured answer = subject.ask(clip(), in);
        return Euclid.parallel(
                Check.NOTHING_YET, in.array("g"), answer.array("clipped"), Euclid.allowed(answer, "clipped"));
    }

    static Check commutesWithNorm(Subject subject, Draw draw) {
        Inputs in = ClipByNormOperation.OPERATION.inputs(draw, BY_NORM);
        double a = Math.scalb(in.scalar("limit"), draw.choice(5) - 2);
        Measured byNorm = subject.ask(ClipByNormOperation.OPERATION, in);
        Measured byValue = subject.ask(clip(), question(in.array("g"), a));
        Measured normFirst = subject.ask(clip(), question(byNorm.array("clipped"), a));
        Measured valueFirst = subject.ask(ClipByNormOperation.OPERATION, in.with("g", byValue.array("clipped")));
        Array off = Euclid.plus(
                Euclid.allowed(byNorm, "clipped"),
                1,
                Euclid.carried(byValue.array("clipped"), Euclid.allowed(byValue, "clipped")));
        return Euclid.agrees(Check.NOTHING_YET, normFirst, "clipped", valueFirst, "clipped", 1, off);
    }

    private static Inputs question(Array g, double limit) {
        return Inputs.empty().with("g", g).with("limit", limit);
    }
}
