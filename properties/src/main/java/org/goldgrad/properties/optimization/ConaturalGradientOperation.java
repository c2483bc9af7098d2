package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Claim.refuted;

import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.optimization.ConaturalGradient;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Operation;

/** {@code optimization.conatural_gradient}: descent that an earlier task does not notice. */
public final class ConaturalGradientOperation {
    private static final String SOURCE = "Michel, Salesky and Neubig 2019, https://openreview.net/forum?id=Hkl4EANFDH";

    /** The declaration. */
    public static final Operation OPERATION = Operation.named("optimization.conatural_gradient", "Co-natural gradient")
            .formula("""
                    F = (1/n) Xᵀ diag(p(1-p)) X, p = σ(X θ_prev): Fisher of an earlier task, n samples, its expectation over
                    labels taken exactly (the paper's is the empirical one)
                    d_t = (F + λI)⁻¹ g_t      θ_t = θ_{t-1} - lr d_t          F + λI regular""")
            .source(SOURCE)
            .input("theta0", "features", Domain.REAL)
            .input("g", "steps,features", Domain.REAL)
            .input("X", "samples,features", Domain.SMALL)
            .input("theta_prev", "features", Domain.SMALL)
            .setting("lambda", "", Domain.NON_NEGATIVE)
            .setting("lr", "", Domain.POSITIVE)
            .intermediate("F", "features,features")
            .intermediate("d", "steps,features")
            .output("theta", "steps,features")
            .definition(ConaturalGradient::define)
            .wellPosed(in -> Steps.solve(ConaturalGradient::define, in))
            .reference(ConaturalGradientOperation::refer)
            .mistakes(ConaturalGradientMistakes.all())
            .claims(
                    holds(
                            "conatural-gradient-trust-region",
                            "(∇²L_prev + λI)(θ_{t-1} - θ_t) = lr g_t, where L_prev is the earlier task's mean cross-entropy at "
                                    + "θ_prev, with any labels: the step minimises g_tᵀδ + δᵀ(∇²L_prev + λI)δ/(2 lr)",
                            SOURCE,
                            ConaturalGradientClaims::stationary),
                    holds(
                            "conatural-gradient-without-a-past",
                            "X = 0, λ > 0: gradient descent at the rate lr/λ",
                            SOURCE,
                            ConaturalGradientClaims::withoutPast),
                    holds(
                            "conatural-gradient-forgets-less",
                            "λ > 0: δᵀFδ ≤ (lr/λ)² gᵀFg, that is, the earlier task's answers change by at most as much, to "
                                    + "second order, as under a plain step at the rate lr/λ",
                            SOURCE,
                            ConaturalGradientClaims::forgetsLess),
                    refuted(
                            "conatural-gradient-invariance",
                            "M regular: in coordinates φ with θ = Mφ, co-natural gradient descent takes the same steps in θ",
                            "by analogy with the natural gradient",
                            "it does where λ = 0 or M is orthogonal, as damping by λI measures lengths in the coordinates",
                            ConaturalGradientClaims::invariance))
            .example(
                    "three steps after a task of seven samples with five features",
                    Inputs.empty()
                            .with("theta0", 1, -2, 0.5, 3, -0.25)
                            .with(
                                    "g",
                                    Array.matrix(
                                            new double[] {2, -1, 0.5, 0, 3},
                                            new double[] {-0.5, 4, 1, -2, 0.25},
                                            new double[] {1.5, 0.75, -3, 1, -1}))
                            .with(
                                    "X",
                                    Array.matrix(
                                            new double[] {1, 0.5, -0.25, 2, 0.75},
                                            new double[] {-0.5, 2, 1, -1, 0},
                                            new double[] {0.25, -1, 1.5, 0.5, 1},
                                            new double[] {-1.25, 0.75, 0.5, 0, -2},
                                            new double[] {2, 1, -1, 0.25, 0.5},
                                            new double[] {0, -0.5, 0.25, 1.5, -1},
                                            new double[] {0.75, 1.5, -2, -0.75, 1.25}))
                            .with("theta_prev", 0.5, -0.25, 1, -1, 0.75)
                            .with("lambda", 0x1p-4)
                            .with("lr", 0.375))
            .declare();

    private ConaturalGradientOperation() {}

    private static Outputs refer(Inputs in) {
        var rule = new org.goldgrad.reference.optimization.ConaturalGradient(
                Ejml.matrix(in.array("X")), Ejml.matrix(in.array("theta_prev")), in.scalar("lambda"), in.scalar("lr"));
        Array g = in.array("g");
        List<SimpleMatrix> thetas = Steps.from(
                Ejml.matrix(in.array("theta0")),
                g.size(0),
                (theta, t) -> rule.step(theta, Ejml.matrix(g.take(0, t), g.size(1), 1)));
        return Outputs.of("theta", Ejml.array(thetas, g.shape()));
    }
}
