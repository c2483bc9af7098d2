package org.goldgrad.properties.initialization;

import static org.goldgrad.properties.initialization.SampledWeights.NORMAL;
import static org.goldgrad.properties.initialization.SampledWeights.UNIFORM;
import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.List;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Twist;
import org.goldgrad.reference.initialization.Weights;

/** {@code initialization.uniform}: weights drawn from a uniform distribution. */
public final class UniformOperation {
    /** The declaration. */
    public static final Operation OPERATION = SampledWeights.drawn(
                    Operation.named("initialization.uniform", "Uniformly distributed weights"), UNIFORM)
            .formula(SampledWeights.formula("W_ijkl ~ U(-b, b), b = √3 σ"))
            .reference(UniformOperation::refer)
            .mistakes(List.of(
                    mistake(
                                    "bound-is-the-deviation",
                                    "takes the standard deviation for the bound",
                                    "b = σ in place of √3 σ",
                                    WeightMistakes.root(UNIFORM, 1.0 / 3))
                            .seenIn("https://github.com/keras-team/keras/pull/372"),
                    mistake(
                                    "bound-without-gain",
                                    "bounds by 1/√fan_in, which gives a third of lecun's variance and a sixth of he's",
                                    "b = 1/√fan_in",
                                    Twist.convention(WeightMistakes.root(UNIFORM, 1.0 / 3), "variance", "lecun"))
                            .seenIn("https://github.com/LaurentMazare/tch-rs/pull/573")
                            .except("variance", "lecun"),
                    SampledWeights.instead(
                            "normal-instead-of-uniform",
                            "draws from a normal distribution of the same variance",
                            "N(0, σ²)",
                            NORMAL)))
            .claims(SampledWeights.seeded("uniform-seed", () -> UniformOperation.OPERATION))
            .declare();

    private UniformOperation() {}

    private static Outputs refer(Inputs in) {
        return SampledWeights.refer(in, q -> SampledWeights.scheme(q).bound(SampledWeights.fans(q)), Weights::uniform);
    }
}
