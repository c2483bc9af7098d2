package org.goldgrad.properties.initialization;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.initialization.WeightScale;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;
import org.goldgrad.properties.operation.Twist;
import org.goldgrad.reference.initialization.Fans;
import org.goldgrad.reference.initialization.Scheme;

/** {@code initialization.scale}: how widely weights of a shape are to be spread. */
public final class WeightScaleOperation {
    private static final Definition RIGHT = WeightScale::define;

    /** The declaration. */
    public static final Operation OPERATION = SampledWeights.shaped(
                    Operation.named("initialization.scale", "Scale of initial weights"))
            .formula(SampledWeights.formula("Var(W_ijkl) = σ² for N(0, σ²) and for U(-b, b)") + "\nb = √3 σ")
            .output("fan_in", "")
            .output("fan_out", "")
            .output("sigma", "")
            .output("bound", "")
            .definition(RIGHT)
            .reference(WeightScaleOperation::refer)
            .mistakes(WeightMistakes.of(RIGHT))
            .mistakes(List.of(
                    mistake(
                                    "bound-is-the-deviation",
                                    "takes the standard deviation for the bound",
                                    "b = σ in place of √3 σ",
                                    Twist.output(RIGHT, "bound", Twist.scaled(1 / StrictMath.sqrt(3))))
                            .seenIn("https://github.com/keras-team/keras/pull/372"),
                    mistake(
                                    "bound-without-gain",
                                    "bounds by 1/√fan_in, without gain",
                                    "b = 1/√fan_in",
                                    new BoundWithoutGain())
                            .seenIn("https://github.com/LaurentMazare/tch-rs/pull/573")
                            .except("variance", "lecun"),
                    mistake(
                            "fans-exchanged",
                            "reports the fans under each other's names",
                            "fan_in = outputs·height·width, fan_out = inputs·height·width, σ and b right",
                            new FansExchanged())))
            .claims(
                    holds(
                            "uniform",
                            "U(-b, b) has variance b²/3, so b = √(3/d) gives 1/d and b = √(6/d) gives 2/d",
                            SampledWeights.SOURCE + ".3",
                            WeightScaleOperation::uniform),
                    holds(
                            "glorot-between",
                            "glorot's variance lies between 1/fan_in and 1/fan_out, and is both where they are equal",
                            "Glorot and Bengio 2010",
                            WeightScaleOperation::between))
            .example("dense, 90 outputs of 135 inputs", SampledWeights.shape(90, 135, 1, 1))
            .example("3×3 convolution", SampledWeights.shape(64, 21, 3, 3))
            .example("5×1 convolution", SampledWeights.shape(40, 60, 5, 1))
            .declare();

    private WeightScaleOperation() {}

    private static Outputs refer(Inputs in) {
        Fans fans = SampledWeights.fans(in);
        Scheme scheme = SampledWeights.scheme(in);
        return Outputs.of("fan_in", Array.scalar(fans.in()))
                .and("fan_out", Array.scalar(fans.out()))
                .and("sigma", Array.scalar(scheme.sigma(fans)))
                .and("bound", Array.scalar(scheme.bound(fans)));
    }

    private record BoundWithoutGain() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Answer<R> right = RIGHT.of(q);
            return right.and("bound", right.output("fan_in").value().sqrt().reciprocal());
        }
    }

    private record FansExchanged() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Answer<R> right = RIGHT.of(q);
            return right.and("fan_in", right.output("fan_out")).and("fan_out", right.output("fan_in"));
        }
    }

    /** ∫x²/(2b) dx over n strips of equal width is b²/3 exactly, strip by strip; then b² = 3σ² of the subject. */
    private static Check uniform(Subject subject, Draw draw) {
        UniformVariance exact = UniformVariance.drawn(draw);
        Check check = Check.NOTHING_YET.equal("the variance of " + exact, exact.byStrips(), exact.byFormula());
        Measured answer = subject.ask(OPERATION, OPERATION.inputs(draw));
        double sigma = answer.at("sigma", 0);
        double bound = answer.at("bound", 0);
        double allowed = 2 * bound * answer.allowed("bound", 0)
                + 6 * sigma * answer.allowed("sigma", 0)
                + 4 * Math.ulp(bound * bound);
        return check.near("b²", bound * bound, 3 * sigma * sigma, allowed);
    }

    private static Check between(Subject subject, Draw draw) {
        Inputs in = OPERATION.inputs(draw).withConvention("variance", "glorot");
        Measured answer = subject.ask(OPERATION, in);
        double sigma = answer.at("sigma", 0);
        double one = 1 / StrictMath.sqrt(answer.at("fan_in", 0));
        double other = 1 / StrictMath.sqrt(answer.at("fan_out", 0));
        double allowed = answer.allowed("sigma", 0) + 4 * Math.ulp(sigma);
        return Check.NOTHING_YET
                .atMost("σ", sigma, Math.max(one, other), allowed)
                .atMost("-σ", -sigma, -Math.min(one, other), allowed);
    }
}
