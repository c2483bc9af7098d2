package org.goldgrad.properties.optimization;

import java.util.Map;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The laws of clipping by norm. */
final class ClipByNormClaims {
    private static final Map<String, String> GLOBAL = Map.of("scope", "global", "epsilon", "none");
    private static final Map<String, String> TENSOR = Map.of("scope", "tensor", "epsilon", "none");
    private static final Map<String, String> ADDED = Map.of("scope", "global", "epsilon", "added");

    private ClipByNormClaims() {}

    private static Operation clip() {
        return ClipByNormOperation.OPERATION;
    }

    /** A question whose limit is often beyond the norm, and whose gradients are now and then all 0. */
    private static Inputs inputs(Operation operation, Draw draw, Map<String, String> conventions) {
        Inputs in = operation.inputs(draw, conventions);
        double raised = Math.scalb(in.scalar("limit"), draw.of(0, 0, 20, 40));
        boolean zero = draw.choice(8) == 7;
        return in.with("limit", raised).with("g", in.array("g").map(x -> zero ? 0 : x));
    }

    static Check norm(Subject subject, Draw draw) {
        Inputs in = inputs(clip(), draw, GLOBAL);
        Measured answer = subject.ask(clip(), in);
        Array g = in.array("g");
        Array clipped = answer.array("clipped");
        Array off = Euclid.allowed(answer, "clipped");
        double least = Math.min(Euclid.norm(g), in.scalar("limit"));
        Check check = Check.NOTHING_YET.near(
                "‖clipped‖", Euclid.norm(clipped), least, Euclid.norm(off) + 2 * Math.ulp(least));
        check = Euclid.parallel(check, g, clipped, off);
        if (Euclid.norm(g) <= in.scalar("limit")) {
            check = answer.agrees(check, "clipped", g.elements());
        }
        Measured again = subject.ask(clip(), in.with("g", clipped));
        return Euclid.agrees(check, again, "clipped", clipped, Euclid.carried(clipped, off));
    }

    static Check ofEach(Subject subject, Draw draw) {
        Inputs in = inputs(clip(), draw, TENSOR);
        Measured together = subject.ask(clip(), in);
        int tensors = in.array("g").size(0);
        int parameters = in.array("g").size(1);
        Check check = Check.NOTHING_YET.atMost(
                "‖clipped‖",
                Euclid.norm(together.array("clipped")),
                in.scalar("limit") * Math.sqrt(tensors) * (1 + 0x1p-50),
                Euclid.norm(Euclid.allowed(together, "clipped")));
        for (int i = 0; i < tensors; i++) {
            Measured alone = subject.ask(clip(), in.with("g", in.array("g").take(0, i)));
            for (int j = 0; j < parameters; j++) {
                int at = i * parameters + j;
                check = check.near(
                        "clipped alone" + together.array("clipped").index(at),
                        alone.at("clipped", j),
                        together.at("clipped", at),
                        alone.allowed("clipped", j) + together.allowed("clipped", at));
            }
        }
        return check;
    }

    static Check twice(Subject subject, Draw draw) {
        Inputs in = inputs(clip(), draw, GLOBAL);
        double a = in.scalar("limit");
        double b = Math.scalb(a, draw.choice(5) - 2);
        Measured first = subject.ask(clip(), in);
        Measured second =
                subject.ask(clip(), in.with("g", first.array("clipped")).with("limit", b));
        Measured once = subject.ask(clip(), in.with("limit", Math.min(a, b)));
        Array carried = Euclid.carried(first.array("clipped"), Euclid.allowed(first, "clipped"));
        return Euclid.agrees(Check.NOTHING_YET, second, "clipped", once, "clipped", 1, carried);
    }

    static Check scaled(Subject subject, Draw draw) {
        Inputs in = inputs(clip(), draw, GLOBAL);
        double s = Math.scalb(1.0, draw.choice(21) - 10);
        Measured larger = scale(subject, in.array("g"), s);
        Measured after = subject.ask(clip(), in.with("g", larger.array("scaled")));
        Measured plain = subject.ask(clip(), in.with("limit", in.scalar("limit") / s));
        Array carried = Euclid.carried(larger.array("scaled"), Euclid.allowed(larger, "scaled"));
        Check check = Euclid.agrees(Check.NOTHING_YET, after, "clipped", plain, "clipped", s, carried);
        Array off = Euclid.plus(Euclid.allowed(after, "clipped"), 1, carried);
        return Euclid.parallel(check, in.array("g"), after.array("clipped"), off);
    }

    static Check unscaledAfterwards(Subject subject, Draw draw) {
        Inputs in = clip().inputs(draw, GLOBAL);
        double S = Math.scalb(1.0, draw.choice(11));
        Measured larger = scale(subject, in.array("g"), S);
        Measured clipped = subject.ask(clip(), in.with("g", larger.array("scaled")));
        Measured unscaled = scale(subject, clipped.array("clipped"), 1 / S);
        Measured plain = subject.ask(clip(), in);
        Array carried = Euclid.carried(larger.array("scaled"), Euclid.allowed(larger, "scaled"));
        Array off = Euclid.plus(carried, 1, Euclid.allowed(clipped, "clipped")).map(x -> x / S);
        return Euclid.agrees(Check.NOTHING_YET, unscaled, "scaled", plain, "clipped", 1, off);
    }

    private static Measured scale(Subject subject, Array g, double factor) {
        return subject.ask(
                ScaleGradientOperation.OPERATION, Inputs.empty().with("g", g).with("factor", factor));
    }

    static Check eachKeepsTheDirection(Subject subject, Draw draw) {
        Inputs in = clip().inputs(draw, TENSOR);
        Measured answer = subject.ask(clip(), in);
        return Euclid.parallel(
                Check.NOTHING_YET, in.array("g"), answer.array("clipped"), Euclid.allowed(answer, "clipped"));
    }

    static Check addedAgain(Subject subject, Draw draw) {
        Inputs in = clip().inputs(draw, ADDED);
        Measured answer = subject.ask(clip(), in);
        Array clipped = answer.array("clipped");
        Measured again = subject.ask(clip(), in.with("g", clipped));
        return Euclid.agrees(
                Check.NOTHING_YET,
                again,
                "clipped",
                clipped,
                Euclid.carried(clipped, Euclid.allowed(answer, "clipped")));
    }

    static Check identityBelow(Subject subject, Draw draw) {
        Map<String, String> conventions = draw.of(GLOBAL, TENSOR);
        Inputs drawn = inputs(ClipByNormOperation.GRADIENT, draw, conventions);
        Inputs in = drawn.with("limit", Math.scalb(drawn.scalar("limit"), 50)); // g is drawn up to 2^36
        return subject.ask(ClipByNormOperation.GRADIENT, in)
                .agrees(Check.NOTHING_YET, "dg", in.array("dclipped").elements());
    }

    static Check tangential(Subject subject, Draw draw) {
        Inputs in = ClipByNormOperation.GRADIENT.inputs(draw, GLOBAL);
        Array g = in.array("g");
        if (Euclid.norm(g) <= in.scalar("limit")) {
            return Check.SKIPPED;
        }
        Measured answer = subject.ask(ClipByNormOperation.GRADIENT, in);
        double allowed = Euclid.dot(Euclid.allowed(answer, "dg"), g.map(Math::abs));
        return Check.NOTHING_YET.near("⟨dg, g⟩", Euclid.dot(answer.array("dg"), g), 0, allowed);
    }
}
