package org.goldgrad.properties.initialization;

import static org.goldgrad.properties.initialization.SampledWeights.TRUNCATED;
import static org.goldgrad.properties.initialization.SampledWeights.UNIFORM;
import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.sampling.Law;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.reference.initialization.Weights;

/** {@code initialization.truncated_normal}: weights from a normal distribution without its tails. */
public final class TruncatedNormalOperation {
    private static final Convention CORRECTION = new Convention(
            "correction",
            "Whether the deviation that is lost with the tails is made up for",
            choices(),
            "Keras and TensorFlow's contrib library divide, TensorFlow's variance_scaling did not and TensorFlow.js does not:"
                    + " https://github.com/keras-team/keras/issues/8048,"
                    + " https://github.com/tensorflow/tensorflow/issues/16344,"
                    + " https://github.com/tensorflow/tfjs/issues/8594");

    /** The declaration. */
    public static final Operation OPERATION = SampledWeights.drawn(
                    Operation.named("initialization.truncated_normal", "Weights from a truncated normal distribution"),
                    TRUNCATED)
            .formula(SampledWeights.formula("W_ijkl ~ N(0, s²) given that |W_ijkl| ≤ 2s") + "\n" + """
                    correction=corrected     s = σ/c, so that the variance of W_ijkl is σ²
                    correction=uncorrected   s = σ, so that it is c²σ²
                    c² = 1 - 4φ(2)/(2Φ(2) - 1) = 0.7737…      c = 0.8796…""")
            .convention(CORRECTION)
            .reference(TruncatedNormalOperation::refer)
            .mistakes(List.of(
                    mistake(
                            "not-truncated",
                            "cuts off at ±2 whatever the deviation is, which is nowhere",
                            "|W_ijkl| ≤ 2 in place of 2s",
                            new Cut(Double.POSITIVE_INFINITY)),
                    mistake("cut-at-three", "cuts off at three deviations", "|W_ijkl| ≤ 3s", new Cut(3)),
                    mistake("cut-at-one", "cuts off at one deviation", "|W_ijkl| ≤ s", new Cut(1)),
                    mistake(
                                    "correction-multiplied",
                                    "multiplies by what it should divide by",
                                    "s = cσ in place of σ/c",
                                    new Corrected(2))
                            .under("correction", "corrected"),
                    mistake(
                                    "corrected-by-the-variance",
                                    "divides the deviation by what is left of the variance",
                                    "s = σ/c² in place of σ/c",
                                    new Corrected(-1))
                            .under("correction", "corrected"),
                    SampledWeights.instead(
                            "uniform-instead-of-truncated",
                            "draws from a uniform distribution of variance σ²",
                            "U(±√3 σ)",
                            UNIFORM)))
            .claims(
                    SampledWeights.seeded("truncated-seed", () -> TruncatedNormalOperation.OPERATION),
                    holds(
                            "truncated-variance",
                            "correction=corrected: the variance of N(0, s²) within ±2s is σ², by the integral",
                            SampledWeights.SOURCE,
                            TruncatedNormalOperation::variance))
            .declare();

    private TruncatedNormalOperation() {}

    private static Map<String, String> choices() {
        Map<String, String> choices = new LinkedHashMap<>();
        choices.put("corrected", "divided by 0.8796…, so that the weights have the deviation that was asked for");
        choices.put("uncorrected", "left as it is: weights have 0.8796… of the deviation");
        return choices;
    }

    private static Outputs refer(Inputs in) {
        return SampledWeights.refer(in, TruncatedNormalOperation::deviation, Weights::truncated);
    }

    /** s. */
    private static double deviation(Inputs in) {
        double sigma = SampledWeights.scheme(in).sigma(SampledWeights.fans(in));
        return in.convention("correction").equals("corrected") ? sigma / Weights.deviationWithin() : sigma;
    }

    /** The definition's series against the law's closed form and the reference's integral, each good to 12 digits. */
    private static Check variance(Subject subject, Draw draw) {
        Inputs in = OPERATION.inputs(draw).withConvention("correction", "corrected");
        double sigma = SampledWeights.scheme(in).sigma(SampledWeights.fans(in));
        Outputs numbers = TRUNCATED
                .of(in.in(org.goldgrad.analytic.arithmetic.Binary64.ARITHMETIC))
                .nearest();
        subject.ask(OPERATION, in);
        return Check.NOTHING_YET
                .near("the law's deviation", Law.of(numbers).entry().standardDeviation(), sigma, 1e-12 * sigma)
                .near("s", numbers.array("sigma").value(), deviation(in), 1e-12 * sigma);
    }

    /** Cut off elsewhere, the deviation before that unchanged. */
    private record Cut(double at) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Answer<R> right = TRUNCATED.of(q);
            R s = right.output("sigma").value();
            return Double.isInfinite(at) ? Answer.of("sigma", right.output("sigma")) : right.and("bound", s.times(at));
        }
    }

    /** s = σ/c times another power of c. */
    private record Corrected(int power) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Definition scaled = new WeightMistakes.Scaled(TRUNCATED, new WeightMistakes.Factor() {
                @Override
                public <S extends Real<S>> S of(Question<S> asked) {
                    Question<S> plain = asked.withConvention("correction", "uncorrected");
                    S s = TRUNCATED.of(asked).output("sigma").value();
                    S c = TRUNCATED.of(plain).output("sigma").value().dividedBy(s);
                    return power > 0 ? c.pow(power) : c.pow(-power).reciprocal();
                }
            });
            return scaled.of(q);
        }
    }
}
