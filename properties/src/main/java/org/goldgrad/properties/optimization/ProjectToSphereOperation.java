package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Claim.refuted;
import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.optimization.ProjectToSphere;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.reference.optimization.Projection;

/** {@code optimization.project_to_sphere}: weights whose norm is kept as it is. */
public final class ProjectToSphereOperation {
    private static final String SOURCE = ProjectToBallOperation.SOURCE;

    private static final Convention GUARD = Convention.of(
            "guard",
            "What keeps the quotient finite",
            SOURCE,
            "positive",
            "the question whether the norm is 0: if it is, nothing is done",
            "epsilon",
            "a small number ε that is added to the norm");

    /** The declaration. */
    public static final Operation OPERATION = Operation.named(
                    "optimization.project_to_sphere", "Projection to a sphere")
            .formula("""
                    guard=positive   projected = W r/norm where norm > 0, else W      (ε is not used)
                    guard=epsilon    projected = W r/(norm + ε)
                    norm = ‖W‖ = √ΣW², Frobenius      r = radius > 0, ε = eps""")
            .source(SOURCE)
            .input("W", "rows,columns", Domain.REAL)
            .setting("radius", "", Domain.POSITIVE)
            .setting("eps", "", Domain.EPSILON)
            .intermediate("norm", "")
            .output("projected", "rows,columns")
            .convention(GUARD)
            .definition(ProjectToSphere::define)
            .wellPosed(ProjectToSphereOperation::divides)
            .reference(ProjectToSphereOperation::refer)
            .mistakes(mistakes())
            .claims(
                    holds(
                            "projection-zero",
                            "W = 0 stays 0 under both guards, ε > 0",
                            SOURCE,
                            ProjectionClaims::zeroStays),
                    refuted(
                            "projection-zero-inflated",
                            "with ε > 0 an exact zero can be inflated",
                            SOURCE,
                            "0 r/ε is 0; what is inflated is a small W: its norm n becomes rn/(n + ε), for n = ε half the radius",
                            ProjectionClaims::zeroInflated),
                    holds(
                            "projection-norm",
                            "the norm n > 0 becomes r under guard=positive and rn/(n + ε), for n = ε half of r, under "
                                    + "guard=epsilon; the direction stays",
                            "the definition",
                            ProjectionClaims::sphereNorm),
                    holds(
                            "projection-sphere-idempotent",
                            "guard=positive: projecting again changes nothing",
                            "the definition",
                            (subject, draw) -> ProjectionClaims.sphereAgain(subject, draw, "positive")),
                    refuted(
                            "projection-sphere-epsilon-idempotent",
                            "guard=epsilon: projecting again changes nothing",
                            SOURCE,
                            "only for ε = 0, W = 0 or ‖W‖ = r - ε, the norm that repeated projection tends to where ε < r",
                            (subject, draw) -> ProjectionClaims.sphereAgain(subject, draw, "epsilon")),
                    refuted(
                            "projection-sphere-non-expansive",
                            "guard=positive: ‖P(A) - P(B)‖ ≤ ‖A - B‖ for all A, B of one shape",
                            "folklore, from balls",
                            "the sphere is not convex: small matrices of opposite signs get 2r apart; it holds where both "
                                    + "norms are at least r",
                            ProjectionClaims::sphereExpands))
            .example("a wide matrix", ProjectToBallOperation.WIDE.with("eps", 0.125))
            .example("an ε of 10^-7, as Keras has it", of(0.75, 1e-7, 1, -0.5, 0.25, 2, -0.125, 0.75))
            .example("zeros", of(0.75, 0x1p-10, 0, 0, 0, 0, 0, 0))
            .example("a norm of exactly ε", of(1.5, 0x5p-10, 0x3p-10, 0, 0, 0, 0, -0x4p-10))
            .example("squares beyond binary32: near 2^80", of(0.75, 0.125, 0x1p80, -0x3p78, 0x5p77, 0, 0x7p78, -0x1p79))
            .example(
                    "squares below binary32: near 2^-80",
                    of(0.75, 0x3p-82, 0x1p-80, -0x3p-82, 0x5p-83, 0, 0x7p-82, -0x1p-81))
            .declare();

    private ProjectToSphereOperation() {}

    private static Inputs of(double radius, double eps, double... W) {
        return ProjectToBallOperation.of(radius, W).with("eps", eps);
    }

    /** No 0/0. */
    private static boolean divides(Inputs in) {
        return in.convention("guard").equals("positive") || in.scalar("eps") > 0 || Euclid.norm(in.array("W")) > 0;
    }

    private static Outputs refer(Inputs in) {
        Projection rule = new Projection(in.scalar("radius"));
        Array W = in.array("W");
        return Outputs.of(
                "projected",
                Ejml.array(
                        in.convention("guard").equals("epsilon")
                                ? rule.toSphere(Ejml.matrix(W), in.scalar("eps"))
                                : rule.toSphere(Ejml.matrix(W)),
                        W.shape()));
    }

    private static List<Mistake> mistakes() {
        Definition right = ProjectToSphere::define;
        List<Mistake> mistakes = new ArrayList<>(Size.mistakes(size -> new Wrong(size, Slip.NONE)));
        mistakes.addAll(MatrixMistakes.of(right, size -> new Wrong(size, Slip.NONE)));
        mistakes.addAll(MatrixMistakes.ofRadius(right));
        mistakes.add(mistake(
                "to-the-ball",
                "leaves what is inside the sphere",
                "W where ‖W‖ ≤ r",
                new Wrong(Size.EUCLIDEAN, Slip.BALL)));
        mistakes.add(mistake(
                        "zero-over-zero",
                        "does not ask whether the norm is 0",
                        "W r/‖W‖, 0/0 at 0",
                        new Wrong(Size.EUCLIDEAN, Slip.UNGUARDED))
                .under("guard", "positive"));
        mistakes.add(mistake(
                        "epsilon-ignored",
                        "leaves ε out",
                        "W r/‖W‖, 0/0 at 0",
                        new Wrong(Size.EUCLIDEAN, Slip.UNGUARDED))
                .under("guard", "epsilon"));
        mistakes.add(mistake(
                        "epsilon-as-least-norm",
                        "takes the larger of the norm and ε",
                        "W r/max(‖W‖, ε) for W r/(‖W‖ + ε)",
                        new Wrong(Size.EUCLIDEAN, Slip.LEAST))
                .under("guard", "epsilon"));
        mistakes.add(mistake(
                        "epsilon-inside-the-root",
                        "puts ε inside the root",
                        "W r/√(ΣW² + ε)",
                        new Wrong(Size.EUCLIDEAN, Slip.INSIDE))
                .under("guard", "epsilon"));
        return mistakes;
    }

    private enum Slip {
        NONE,
        BALL,
        UNGUARDED,
        LEAST,
        INSIDE;

        /** What W is multiplied by where its norm is n. */
        <R extends Real<R>> R factor(Question<R> q, R n) {
            R r = q.scalar("radius");
            R eps = q.scalar("eps");
            R zero = q.arithmetic().one().minus(n.positive());
            boolean added = q.convention("guard").equals("epsilon");
            R divisor = n.plus(added ? eps : zero);
            return switch (this) {
                case NONE -> {
                    R factor = r.dividedBy(divisor);
                    yield added ? factor : factor.times(n.positive()).plus(zero);
                }
                case BALL -> r.dividedBy(divisor.max(r));
                case UNGUARDED -> r.dividedBy(n);
                case LEAST -> r.dividedBy(n.max(eps));
                case INSIDE -> r.dividedBy(n.square().plus(eps).sqrt());
            };
        }
    }

    private record Wrong(Size size, Slip slip) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Tensor<R> W = q.tensor("W");
            return Answer.of("projected", W.times(slip.factor(q, size.of(W))));
        }
    }
}
