package org.goldgrad.properties.optimization;

import java.util.Map;
import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The laws of projections. */
final class ProjectionClaims {
    private static final Map<String, String> POSITIVE = Map.of("guard", "positive");
    private static final Map<String, String> EPSILON = Map.of("guard", "epsilon");

    private ProjectionClaims() {}

    private static Operation ball() {
        return ProjectToBallOperation.OPERATION;
    }

    private static Operation sphere() {
        return ProjectToSphereOperation.OPERATION;
    }

    /** Another matrix of the same shape, large or small. */
    private static Array other(Array W, Draw draw) {
        double scale = Math.scalb(1.0, draw.of(-4, -7, -1, -24));
        return W.map(x -> scale * (draw.choice(257) - 128));
    }

    static Check ball(Subject subject, Draw draw) {
        Inputs in = ball().inputs(draw);
        Array A = in.array("W");
        Array B = other(A, draw);
        double r = in.scalar("radius");
        Measured a = subject.ask(ball(), in);
        Measured b = subject.ask(ball(), in.with("W", B));
        Array projected = a.array("projected");
        Array off = Euclid.allowed(a, "projected");
        double error = Euclid.norm(off);
        double most = Math.min(Euclid.norm(A), r);
        Check check = Check.NOTHING_YET
                .near("‖P(W)‖", Euclid.norm(projected), most, error + 2 * Math.ulp(most))
                .atMost(
                        "‖P(A) - P(B)‖",
                        Euclid.distance(projected, b.array("projected")),
                        Euclid.distance(A, B),
                        error + Euclid.norm(Euclid.allowed(b, "projected")));
        double within = Math.min(1, r / Euclid.norm(B)) * (1 - 0x1p-20);
        Array Z = Euclid.norm(B) == 0 ? B : B.map(x -> x * within);
        check = check.atMost(
                "‖W - P(W)‖, beside another point of the ball",
                Euclid.distance(A, projected),
                Euclid.distance(A, Z),
                error);
        Measured again = subject.ask(ball(), in.with("W", projected));
        return Euclid.agrees(check, again, "projected", projected, Euclid.carried(projected, off));
    }

    static Check threshold(Subject subject, Draw draw) {
        Inputs in = ball().inputs(draw);
        Array W = in.array("W");
        boolean beyond = Euclid.norm(W) > in.scalar("radius");
        return subject.ask(ball(), in).agrees(Check.NOTHING_YET, "projected", (beyond ? ofNorm(W, 1) : W).elements());
    }

    /** W rescaled to a norm, correctly rounded. */
    private static Array ofNorm(Array W, double norm) {
        DoubleDouble squares = DoubleDouble.ARITHMETIC.zero();
        for (double w : W.elements()) {
            squares = squares.plus(DoubleDouble.ARITHMETIC.of(w).square());
        }
        DoubleDouble factor = DoubleDouble.ARITHMETIC.of(norm).dividedBy(squares.sqrt());
        return W.map(w -> factor.times(w).doubleValue());
    }

    private static Inputs zero(Draw draw, Map<String, String> guard) {
        Inputs in = sphere().inputs(draw, guard);
        return in.with("W", in.array("W").map(w -> 0));
    }

    static Check zeroStays(Subject subject, Draw draw) {
        Inputs in = zero(draw, draw.of(POSITIVE, EPSILON));
        return subject.ask(sphere(), in)
                .agrees(Check.NOTHING_YET, "projected", in.array("W").elements());
    }

    static Check zeroInflated(Subject subject, Draw draw) {
        Array projected = subject.ask(sphere(), zero(draw, EPSILON)).array("projected");
        return Check.NOTHING_YET.that(
                "‖P(0)‖ = " + Euclid.norm(projected) + ", should be > 0", Euclid.norm(projected) > 0);
    }

    static Check sphereNorm(Subject subject, Draw draw) {
        boolean positive = draw.choice(2) == 0;
        Inputs drawn = sphere().inputs(draw, positive ? POSITIVE : EPSILON);
        double n = Euclid.norm(drawn.array("W"));
        if (n == 0) {
            return Check.SKIPPED;
        }
        boolean half = draw.choice(2) == 1;
        Inputs in = half ? drawn.with("eps", n) : drawn;
        double r = in.scalar("radius");
        double expected = positive ? r : half ? r / 2 : r * (n / (n + in.scalar("eps")));
        Measured answer = subject.ask(sphere(), in);
        Array projected = answer.array("projected");
        Array off = Euclid.allowed(answer, "projected");
        Check check = Check.NOTHING_YET.near(
                "‖P(W)‖", Euclid.norm(projected), expected, Euclid.norm(off) + 4 * Math.ulp(expected));
        return Euclid.parallel(check, in.array("W"), projected, off);
    }

    static Check sphereAgain(Subject subject, Draw draw, String guard) {
        Inputs in = sphere().inputs(draw, Map.of("guard", guard));
        Measured answer = subject.ask(sphere(), in);
        Array projected = answer.array("projected");
        Measured again = subject.ask(sphere(), in.with("W", projected));
        return Euclid.agrees(
                Check.NOTHING_YET,
                again,
                "projected",
                projected,
                Euclid.carried(projected, Euclid.allowed(answer, "projected")));
    }

    static Check sphereExpands(Subject subject, Draw draw) {
        Inputs in = sphere().inputs(draw, POSITIVE);
        Array B = other(in.array("W"), draw);
        Measured a = subject.ask(sphere(), in);
        Measured b = subject.ask(sphere(), in.with("W", B));
        return Check.NOTHING_YET.atMost(
                "‖P(A) - P(B)‖",
                Euclid.distance(a.array("projected"), b.array("projected")),
                Euclid.distance(in.array("W"), B),
                Euclid.norm(Euclid.allowed(a, "projected")) + Euclid.norm(Euclid.allowed(b, "projected")));
    }
}
