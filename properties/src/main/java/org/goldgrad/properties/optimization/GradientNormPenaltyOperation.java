package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Claim.refuted;

import java.util.List;
import java.util.Map;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.optimization.GradientNormPenalty;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.reference.optimization.GradientNormPenalty.State;

/** {@code optimization.gradient_norm_penalty}: descent towards places where the gradient is small around, too. */
public final class GradientNormPenaltyOperation {
    private static final String SOURCE = "Zhao, Zhang and Hu 2022, https://arxiv.org/abs/2202.03599";

    /** The declaration. */
    public static final Operation OPERATION = Operation.named(
                    "optimization.gradient_norm_penalty", "Gradient-norm penalty")
            .formula("""
                    L_t(θ) = ½‖Mθ - y_t‖² + ¼κ Σθ⁴      ∇L_t(θ) = Mᵀ(Mθ - y_t) + κθ³      g_t = ∇L_t(θ_{t-1})
                    q_t = (1-a) g_t + a ∇L_t(θ_{t-1} + r g_t/‖g_t‖)      θ_t = θ_{t-1} - lr q_t
                    a = λ/r, where λ is the weight of the penalty λ‖∇L‖; no g_t is 0""")
            .source(SOURCE + ", Algorithm 1")
            .input("theta0", "parameters", Domain.REAL)
            .input("M", "samples,parameters", Domain.REAL)
            .input("y", "steps,samples", Domain.REAL)
            .setting("kappa", "", Domain.NON_NEGATIVE)
            .setting("lr", "", Domain.POSITIVE)
            .setting("r", "", Domain.POSITIVE)
            .setting("a", "", Domain.SHARE)
            .output("q", "steps,parameters")
            .output("theta", "steps,parameters")
            .size("steps", 1, 3)
            .definition(GradientNormPenalty::define)
            .wellPosed(in -> Steps.exist(GradientNormPenalty::define, in))
            .reference(GradientNormPenaltyOperation::refer)
            .mistakes(GradientNormPenaltyMistakes.all())
            .claims(
                    holds(
                            "gradient-norm-penalty-quadratic",
                            "L quadratic (κ = 0), ∇L ≠ 0: q is ∇(L + λ‖∇L‖) with λ = ar, whatever r is",
                            SOURCE,
                            GradientNormPenaltyClaims::quadratic),
                    refuted(
                            "gradient-norm-penalty-everywhere",
                            "q is ∇(L + λ‖∇L‖) with λ = ar for every L",
                            "folklore",
                            "for quadratic L it is; for this L it is off by λκr(3θu² + ru³), u = ∇L/‖∇L‖: in general by O(r)",
                            GradientNormPenaltyClaims::everywhere),
                    holds(
                            "gradient-norm-penalty-first-order",
                            "∇L ≠ 0: q - ∇(L + λ‖∇L‖) is at most λκr(3|θ| + r) in every element, and if r is halved and a "
                                    + "doubled (a ≤ 1/2), which keeps λ, twice what is left differs from it by at most ½λκr²",
                            SOURCE + " (the remainder is of order r)",
                            GradientNormPenaltyClaims::firstOrder),
                    holds(
                            "gradient-norm-penalty-off",
                            "a = 0: θ_t = θ_{t-1} - lr ∇L_t(θ_{t-1}), plain gradient descent, whatever r is",
                            SOURCE,
                            GradientNormPenaltyClaims::off))
            .example(
                    "two steps of six parameters",
                    Inputs.empty()
                            .with("theta0", 0.5, -1, 0.25, 1.5, -0.75, 2)
                            .with(
                                    "M",
                                    Array.matrix(
                                            new double[] {1, 0.5, -0.25, 0, 2, -1},
                                            new double[] {-0.5, 2, 1, 0.75, 0, 0.5},
                                            new double[] {0.25, -1, 1.5, 1, -0.5, 0}))
                            .with("y", Array.matrix(new double[] {1, -2, 0.5}, new double[] {-1.5, 0.25, 3}))
                            .with("kappa", 0.375)
                            .with("lr", 0x1p-4)
                            .with("r", 0.75)
                            .with("a", 0.625))
            .declare();

    private GradientNormPenaltyOperation() {}

    private static Outputs refer(Inputs in) {
        var rule = new org.goldgrad.reference.optimization.GradientNormPenalty(
                in.scalar("kappa"), in.scalar("lr"), in.scalar("r"), in.scalar("a"));
        Array y = in.array("y");
        SimpleMatrix theta = Ejml.matrix(in.array("theta0"));
        SimpleMatrix M = Ejml.matrix(in.array("M"));
        List<State> states = Steps.from(
                new State(theta.createLike(), theta),
                y.size(0),
                (state, t) -> rule.step(state.theta(), M, Ejml.matrix(y.take(0, t), y.size(1), 1)));
        int[] shape = {y.size(0), theta.getNumRows()};
        return new Outputs(Map.of(
                "q", Ejml.array(states.stream().map(State::q).toList(), shape),
                "theta", Ejml.array(states.stream().map(State::theta).toList(), shape)));
    }
}
