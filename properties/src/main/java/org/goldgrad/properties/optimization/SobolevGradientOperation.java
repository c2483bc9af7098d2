package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Claim.holds;

import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.optimization.SobolevGradient;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Operation;

/** {@code optimization.sobolev_gradient}: descent along gradients that are smoothed by the metric of a Sobolev space. */
public final class SobolevGradientOperation {
    private static final String SOURCE = "Bai, Rosenberg and Xu 2022, https://arxiv.org/abs/2202.06232";

    /** The declaration. */
    public static final Operation OPERATION = Operation.named("optimization.sobolev_gradient", "Sobolev gradient")
            .formula("""
                    (Δu)_i = (u_{i+1} - 2u_i + u_{i-1})/h²   on a periodic grid: indices modulo the number of points
                    d_t = (I - Δ)^{-s} g_t      θ_t = θ_{t-1} - lr d_t""")
            .source(SOURCE)
            .input("theta0", "points", Domain.REAL)
            .input("g", "steps,points", Domain.REAL)
            .setting("h", "", Domain.POSITIVE)
            .setting("lr", "", Domain.POSITIVE)
            .count("s", 0, "points", 2)
            .intermediate("d", "steps,points")
            .output("theta", "steps,points")
            .size("points", 3, 6)
            .size("steps", 1, 3)
            .definition(SobolevGradient::define)
            .wellPosed(in -> Steps.solve(SobolevGradient::define, in))
            .reference(SobolevGradientOperation::refer)
            .mistakes(SobolevGradientMistakes.all())
            .claims(
                    holds(
                            "sobolev-gradient-self-adjoint",
                            "⟨f, (I - Δ)^{-s} g⟩ = ⟨(I - Δ)^{-s} f, g⟩",
                            SOURCE,
                            SobolevGradientClaims::selfAdjoint),
                    holds(
                            "sobolev-gradient-preserves-the-mean",
                            "Σ_i d_i = Σ_i g_i: the mean of θ moves as under plain gradient descent",
                            "constants are eigenvectors of I - Δ, eigenvalue 1",
                            SobolevGradientClaims::mean),
                    holds(
                            "sobolev-gradient-composes",
                            "(I - Δ)^{-s'} (I - Δ)^{-s} g = (I - Δ)^{-(s+s')} g",
                            SOURCE,
                            SobolevGradientClaims::composes),
                    holds(
                            "sobolev-gradient-smooths",
                            "‖d‖ ≤ ‖g‖, and no element of d is above the largest or below the smallest of g",
                            "the eigenvalues of I - Δ are at least 1; it is diagonally dominant with rows that add up to 1",
                            SobolevGradientClaims::smooths),
                    holds(
                            "sobolev-gradient-off",
                            "s = 0: θ_t = θ_{t-1} - lr g_t, plain gradient descent, whatever h is",
                            SOURCE,
                            SobolevGradientClaims::off))
            .example("two steps on seven points, smoothed twice", seven(2, 0.75))
            .example("the same smoothed three times on a fine grid", seven(3, 0x1p-3))
            .declare();

    private SobolevGradientOperation() {}

    private static Inputs seven(int s, double h) {
        return Inputs.empty()
                .with("theta0", 0.5, -1, 2, 0.25, -0.75, 1.5, 3)
                .with("g", Array.matrix(new double[] {1, -2, 0.5, 3, -0.25, 0, 1.5}, new double[] {
                    -1.5, 0.75, 2, -1, 4, 0.5, -3
                }))
                .with("h", h)
                .with("lr", 0.375)
                .withInteger("s", s);
    }

    private static Outputs refer(Inputs in) {
        var rule = new org.goldgrad.reference.optimization.SobolevGradient(
                in.scalar("lr"), in.scalar("h"), in.integer("s"));
        Array g = in.array("g");
        List<SimpleMatrix> thetas = Steps.from(
                Ejml.matrix(in.array("theta0")),
                g.size(0),
                (theta, t) -> rule.step(theta, Ejml.matrix(g.take(0, t), g.size(1), 1)));
        return Outputs.of("theta", Ejml.array(thetas, g.shape()));
    }
}
