package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Claim.refuted;

import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.optimization.NaturalGradient;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Operation;

/** {@code optimization.natural_gradient}: the steepest step where distance is how much the answers change. */
public final class NaturalGradientOperation {
    private static final String SOURCE = "Amari 1998";

    /** The declaration. */
    public static final Operation OPERATION = Operation.named("optimization.natural_gradient", "Natural gradient")
            .formula("""
                    p = σ(X_t θ_{t-1})      L_t = -(1/n) Σ_i (y_i log p_i + (1-y_i) log(1-p_i)), y = y_t, n samples
                    F_t = (1/n) X_tᵀ diag(p(1-p)) X_t      ∇L_t = (1/n) X_tᵀ (p - y_t)
                    d_t = F_t⁻¹ ∇L_t      θ_t = θ_{t-1} - lr d_t          F_t regular""")
            .source(SOURCE + "; Martens 2020")
            .input("theta0", "features", Domain.SMALL)
            .input("X", "steps,samples,features", Domain.SMALL)
            .input("y", "steps,samples", Domain.SHARE)
            .setting("lr", "", Domain.POSITIVE)
            .intermediate("F", "steps,features,features")
            .intermediate("d", "steps,features")
            .output("theta", "steps,features")
            .size("features", 1, 3)
            .size("steps", 1, 3)
            .size("samples", 2, 6)
            .definition(NaturalGradient::define)
            .wellPosed(in -> Steps.solve(NaturalGradient::define, in))
            .reference(NaturalGradientOperation::refer)
            .mistakes(NaturalGradientMistakes.all())
            .claims(
                    holds(
                            "natural-gradient-invariance",
                            "M regular: in coordinates φ with θ = Mφ, natural gradient descent takes the same steps in θ",
                            SOURCE + "; Martens 2020",
                            NaturalGradientClaims::invariance),
                    holds(
                            "natural-gradient-is-newton",
                            "for logistic regression F is ∇²L: the step is lr times Newton's, which it is at lr = 1",
                            "Martens 2020",
                            NaturalGradientClaims::newton),
                    refuted(
                            "empirical-fisher",
                            "(1/n) Xᵀ diag((p-y)²) X, of the gradients at the labels, gives the same step",
                            "folklore; Kunstner, Balles and Hennig 2019 refute it",
                            "it does where (p-y)² = p(1-p) for every sample, which is so on average over labels that are 1 "
                                    + "with probability p",
                            NaturalGradientClaims::empirical))
            .example(
                    "two batches of seven samples with three features",
                    Inputs.empty()
                            .with("theta0", 0.5, -1, 0.25)
                            .with(
                                    "X",
                                    Array.of(
                                            new int[] {2, 7, 3},
                                            1,
                                            0.5,
                                            -0.25,
                                            -0.5,
                                            2,
                                            1,
                                            0.25,
                                            -1,
                                            1.5,
                                            -1.25,
                                            0.75,
                                            0.5,
                                            2,
                                            1,
                                            -1,
                                            0,
                                            -0.5,
                                            0.25,
                                            0.75,
                                            1.5,
                                            -2,
                                            -1,
                                            1,
                                            0.5,
                                            0.25,
                                            0.75,
                                            2,
                                            1.5,
                                            -0.5,
                                            1,
                                            0.5,
                                            -2,
                                            -0.75,
                                            -1.5,
                                            0.25,
                                            1,
                                            2,
                                            -0.25,
                                            -1,
                                            -0.75,
                                            1.25,
                                            0.5))
                            .with("y", Array.matrix(new double[] {1, 0, 0.25, 1, 0, 0.625, 1}, new double[] {
                                0, 1, 1, 0.125, 0, 0, 0.75
                            }))
                            .with("lr", 0.375))
            .declare();

    private NaturalGradientOperation() {}

    private static Outputs refer(Inputs in) {
        var rule = new org.goldgrad.reference.optimization.NaturalGradient(in.scalar("lr"));
        Array X = in.array("X");
        Array y = in.array("y");
        List<SimpleMatrix> thetas = Steps.from(
                Ejml.matrix(in.array("theta0")),
                X.size(0),
                (theta, t) -> rule.step(
                        theta,
                        Ejml.matrix(X.take(0, t), X.size(1), X.size(2)),
                        Ejml.matrix(y.take(0, t), y.size(1), 1)));
        return Outputs.of("theta", Ejml.array(thetas, X.size(0), X.size(2)));
    }
}
