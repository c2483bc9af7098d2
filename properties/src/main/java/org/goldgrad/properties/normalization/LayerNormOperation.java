package org.goldgrad.properties.normalization;

import static org.goldgrad.properties.operation.Claim.holds;

import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.normalization.LayerNorm;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Operation;

/** {@code normalization.layer_norm} and its gradient. */
public final class LayerNormOperation {
    private static final String SOURCE = "IFT6135 (2020), assignment 2, question 4.1";

    /** The declaration. */
    public static final Operation OPERATION = Operation.named("normalization.layer_norm", "Layer normalisation")
            .formula("""
                    mean = (1/n) Σ_j x_j      variance = (1/n) Σ_j (x_j - mean)²      n = features
                    xhat_j = (x_j - mean)/√(variance + ε)      y_j = γ_j xhat_j + β_j
                    γ, β, ε are gamma, beta, eps; sums over the last axis""")
            .source(SOURCE + "; Ba, Kiros and Hinton 2016")
            .input("x", "batch,time,features", Domain.REAL)
            .input("gamma", "features", Domain.REAL)
            .input("beta", "features", Domain.REAL)
            .setting("eps", "", Domain.EPSILON)
            .output("y", "batch,time,features")
            .output("mean", "batch,time")
            .output("variance", "batch,time")
            .intermediate("xhat", "batch,time,features")
            .computing("mean", "variance", "xhat", "y")
            .size("batch", 1, 3)
            .size("time", 1, 3)
            .size("features", 1, 5)
            .definition(LayerNorm::define)
            .wellPosed(in -> in.scalar("eps") > 0 || !LayerNormClaims.constantRow(in))
            .reference(LayerNormOperation::refer)
            .mistakes(LayerNormMistakes.ofLayer())
            .claims(
                    holds(
                            "the-tensor",
                            "the assignment's 4×2×3 tensor, each sample normalised as a whole: means 2, 3, 5/2, 8/3 and "
                                    + "variances 2/3, 2/3, 5/4, 2/9, exactly",
                            SOURCE,
                            LayerNormClaims::theTensor),
                    holds(
                            "normalized-moments",
                            "γ and β constant over the features: the output's mean is β and its variance γ²v/(v+ε)",
                            SOURCE,
                            LayerNormClaims::moments),
                    holds(
                            "invariances",
                            "ε = 0, v > 0: shifting a row or scaling it by c > 0 changes no y",
                            SOURCE,
                            LayerNormClaims::invariances),
                    holds(
                            "zero-variance",
                            "a constant row gives y = β where ε > 0",
                            SOURCE,
                            LayerNormClaims::zeroVariance))
            .example("the assignment's tensor", tensor())
            .example("the assignment's tensor without ε", tensor().with("eps", 0))
            .example(
                    "mean 2000, variance 1",
                    Inputs.empty()
                            .with(
                                    "x",
                                    Array.of(
                                            new int[] {2, 1, 5},
                                            2001,
                                            1999,
                                            2001.5,
                                            1998.5,
                                            2000,
                                            1999,
                                            2000,
                                            2002,
                                            1998,
                                            2001))
                            .with("gamma", 1.5, 0.5, -1, 2, 0.75)
                            .with("beta", 0.25, -1, 0.5, 0, 2)
                            .with("eps", 0x1p-17))
            .example(
                    "a constant row, a tiny one and a wide one",
                    Inputs.empty()
                            .with(
                                    "x",
                                    Array.of(
                                            new int[] {1, 3, 5},
                                            3,
                                            3,
                                            3,
                                            3,
                                            3,
                                            0x1p-10,
                                            -0x1p-11,
                                            0x3p-11,
                                            0,
                                            -0x1p-9,
                                            96,
                                            -64,
                                            32,
                                            128,
                                            -16))
                            .with("gamma", 1.5, 0.5, -1, 2, 0.75)
                            .with("beta", 0.25, -1, 0.5, 0, 2)
                            .with("eps", 0x1p-17))
            .declare();

    /** The declaration of its gradient. */
    public static final Operation GRADIENT = OPERATION
            .gradient("x", "gamma", "beta")
            .reference(LayerNormOperation::referGradient)
            .mistakes(LayerNormMistakes.ofGradient())
            .claims(
                    holds(
                            "zero-variance-gradient",
                            "a constant row gives finite gradients where ε > 0",
                            SOURCE,
                            LayerNormClaims::zeroVarianceGradient),
                    holds(
                            "gradient-orthogonality",
                            "upstream gradients of y alone: each row of dx adds up to 0, and its inner product with the row "
                                    + "is 0 where ε = 0",
                            "invariance under shift and scale, differentiated",
                            LayerNormClaims::orthogonality))
            .example(
                    "the assignment's tensor",
                    upstream()
                            .with("dmean", Array.of(new int[] {4, 1}, 0.5, -1, 2, 0))
                            .with("dvariance", Array.of(new int[] {4, 1}, -0.25, 1, 0, 1.5)))
            .example(
                    "the assignment's tensor, ε = 0, from y and the mean alone",
                    upstream()
                            .with("eps", 0)
                            .with("dmean", Array.of(new int[] {4, 1}, 0.5, -1, 2, 0))
                            .with("dvariance", Array.of(new int[] {4, 1}, 0, 0, 0, 0)))
            .declare();

    private LayerNormOperation() {}

    /** The 4×2×3 tensor of the assignment, each sample as one row. */
    static Inputs tensor() {
        return Inputs.empty()
                .with(
                        "x",
                        Array.of(
                                new int[] {4, 1, 6},
                                1,
                                3,
                                2,
                                1,
                                2,
                                3,
                                3,
                                3,
                                2,
                                2,
                                4,
                                4,
                                4,
                                2,
                                2,
                                1,
                                2,
                                4,
                                3,
                                3,
                                2,
                                3,
                                3,
                                2))
                .with("gamma", 1, 0.5, -2, 1.5, 0.75, 3)
                .with("beta", 0, 1, -0.5, 2, 0.25, -1)
                .with("eps", 0x1p-10);
    }

    private static Inputs upstream() {
        return tensor().with(
                        "dy",
                        Array.of(
                                new int[] {4, 1, 6},
                                1,
                                -2,
                                0.5,
                                3,
                                -1,
                                0.25,
                                2,
                                1,
                                -0.5,
                                -3,
                                1.5,
                                0,
                                -1,
                                0.75,
                                2.5,
                                1,
                                -2,
                                0.5,
                                0.25,
                                -1.5,
                                1,
                                2,
                                -0.75,
                                3));
    }

    private static org.goldgrad.reference.normalization.LayerNorm layer(Inputs in) {
        return org.goldgrad.reference.normalization.LayerNorm.of(
                Ejml.matrix(in.array("gamma")), Ejml.matrix(in.array("beta")), in.scalar("eps"));
    }

    private static int rows(Inputs in) {
        return in.array("x").size(0) * in.array("x").size(1);
    }

    private static Outputs refer(Inputs in) {
        Array x = in.array("x");
        var out = layer(in).forward(Ejml.matrix(x, rows(in), x.size(2)));
        return Outputs.of("y", Ejml.array(out.y(), x.shape()))
                .and("mean", Ejml.array(out.mean(), x.size(0), x.size(1)))
                .and("variance", Ejml.array(out.variance(), x.size(0), x.size(1)));
    }

    private static Outputs referGradient(Inputs in) {
        Array x = in.array("x");
        int rows = rows(in);
        var d = layer(in)
                .backward(
                        Ejml.matrix(x, rows, x.size(2)),
                        Ejml.matrix(in.array("dy"), rows, x.size(2)),
                        Ejml.matrix(in.array("dmean"), rows, 1),
                        Ejml.matrix(in.array("dvariance"), rows, 1));
        return Outputs.of("dx", Ejml.array(d.dx(), x.shape()))
                .and("dgamma", Ejml.array(d.dgamma(), x.size(2)))
                .and("dbeta", Ejml.array(d.dbeta(), x.size(2)));
    }
}
