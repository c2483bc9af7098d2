package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Claim.refuted;
import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.optimization.ProjectToBall;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.optimization.WrongLimit.Slip;
import org.goldgrad.reference.optimization.Projection;

/** {@code optimization.project_to_ball}: weights whose norm is kept from growing. */
public final class ProjectToBallOperation {
    /** Where weights are projected after a step. */
    static final String SOURCE = "a conversation on training a network of random and weak low-rank weights";

    /** Two rows that are longer than a vector register. */
    static final Inputs WIDE = Inputs.empty()
            .with("W", Array.of(new int[] {2, 7}, 1, -2, 0.5, 3, -0.25, 0, 1.5, -1, 2, 4, -0.5, 1.25, 0, -3))
            .with("radius", 2.5);

    /** The declaration. */
    public static final Operation OPERATION = Operation.named("optimization.project_to_ball", "Projection to a ball")
            .formula("projected = W r/max(norm, r)      norm = ‖W‖ = √ΣW², Frobenius      r = radius > 0")
            .source(SOURCE)
            .input("W", "rows,columns", Domain.REAL)
            .setting("radius", "", Domain.POSITIVE)
            .intermediate("norm", "")
            .output("projected", "rows,columns")
            .definition(ProjectToBall::define)
            .reference(ProjectToBallOperation::refer)
            .mistakes(mistakes())
            .claims(
                    holds(
                            "projection-ball",
                            "P(W) is the point of the ball that is nearest to W; P(P(W)) = P(W), and ‖P(A) - P(B)‖ ≤ ‖A - B‖ "
                                    + "for all A, B of one shape",
                            "projections to closed convex sets",
                            ProjectionClaims::ball),
                    refuted(
                            "projection-threshold",
                            "W/‖W‖ where ‖W‖ > r, else W, is the projection to the ball of radius r",
                            SOURCE,
                            "only for r = 1, or where ‖W‖ ≤ r: elsewhere the norm jumps to 1 and not to r",
                            ProjectionClaims::threshold))
            .example("a wide matrix", WIDE)
            .example("a norm of exactly the radius", of(5, 3, 0, 0, 0, 0, -4))
            .example("zeros", of(0.75, 0, 0, 0, 0, 0, 0))
            .example("well inside a ball, near 2^-13", of(0.75, 0x1p-13, -0x3p-14, 0, 0x5p-15, 0x7p-14, -0x1p-12))
            .example("a norm between the radius and its root", of(0.25, 0.25, 0.125, 0, 0, -0.0625, 0.25))
            .example("squares beyond binary32: near 2^80", of(0.75, 0x1p80, -0x3p78, 0x5p77, 0, 0x7p78, -0x1p79))
            .example(
                    "squares below binary32: near 2^-80", of(0x3p-82, 0x1p-80, -0x3p-82, 0x5p-83, 0, 0x7p-82, -0x1p-81))
            .declare();

    private ProjectToBallOperation() {}

    /** A question about a matrix of two rows. */
    static Inputs of(double radius, double... W) {
        return Inputs.empty()
                .with("W", Array.of(new int[] {2, W.length / 2}, W))
                .with("radius", radius);
    }

    private static Outputs refer(Inputs in) {
        Projection rule = new Projection(in.scalar("radius"));
        Array W = in.array("W");
        return Outputs.of("projected", Ejml.array(rule.toBall(Ejml.matrix(W)), W.shape()));
    }

    private static List<Mistake> mistakes() {
        LimitMistakes shortening =
                new LimitMistakes(ProjectToBall::define, "W", "radius", "projected", UnaryOperator.identity());
        List<Mistake> mistakes = new ArrayList<>(shortening.all());
        mistakes.addAll(MatrixMistakes.of(
                ProjectToBall::define, size -> new WrongLimit("W", "radius", "projected", size, Slip.NONE)));
        mistakes.add(mistake(
                "zero-over-zero",
                "multiplies the direction by the shortened norm",
                "W/‖W‖ · min(‖W‖, r), which is 0/0 at 0",
                shortening.wrong(Slip.ZERO_OVER_ZERO)));
        mistakes.add(mistake(
                        "interior-shrinks",
                        "adds a small number to the norm inside the ball, too",
                        "W min(‖W‖, r)/(10^-7 + ‖W‖)",
                        shortening.wrong(Slip.INTERIOR))
                .seenIn("https://github.com/lisa-lab/pylearn2/issues/1126"));
        mistakes.add(mistake(
                        "small-number-added",
                        "adds a small number to the norm outside the ball",
                        "W r/(‖W‖ + 10^-7) where ‖W‖ > r",
                        shortening.wrong(Slip.ADDED_BEYOND))
                .seenIn("PyTorch's torch.renorm"));
        return mistakes;
    }
}
