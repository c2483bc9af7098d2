package org.goldgrad.properties.initialization;

import static org.goldgrad.properties.initialization.SampledWeights.NORMAL;
import static org.goldgrad.properties.initialization.SampledWeights.TRUNCATED;
import static org.goldgrad.properties.initialization.SampledWeights.UNIFORM;
import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.reference.initialization.Weights;

/** {@code initialization.gaussian}: weights drawn from a normal distribution. */
public final class GaussianOperation {
    /** The declaration. */
    public static final Operation OPERATION = SampledWeights.drawn(
                    Operation.named("initialization.gaussian", "Normally distributed weights"), NORMAL)
            .formula(SampledWeights.formula("W_ijkl ~ N(0, σ²)"))
            .reference(GaussianOperation::refer)
            .mistakes(List.of(
                    mistake(
                                    "truncated-without-correction",
                                    "draws again whatever is beyond two deviations, which leaves 0.88 of the deviation",
                                    "N(0, σ²) within ±2σ",
                                    new Cut())
                            .seenIn(
                                    "https://github.com/keras-team/keras/issues/8048",
                                    "https://github.com/tensorflow/tensorflow/issues/16344",
                                    "https://github.com/tensorflow/tfjs/issues/8594"),
                    mistake(
                            "deviation-of-the-truncated",
                            "has the deviation that truncation at two deviations would leave, and does not truncate",
                            "N(0, c²σ²), c = 0.8796…",
                            new Uncut()),
                    SampledWeights.instead(
                            "uniform-instead-of-normal",
                            "draws from a uniform distribution of the same variance",
                            "U(±√3 σ)",
                            UNIFORM)))
            .claims(SampledWeights.seeded("gaussian-seed", () -> GaussianOperation.OPERATION))
            .declare();

    private GaussianOperation() {}

    private static Outputs refer(Inputs in) {
        return SampledWeights.refer(in, q -> SampledWeights.scheme(q).sigma(SampledWeights.fans(q)), Weights::gaussian);
    }

    /** σ times what correction=corrected divides by. */
    private record Uncut() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            R sigma = NORMAL.of(q).output("sigma").value();
            R corrected = TRUNCATED
                    .of(q.withConvention("correction", "corrected"))
                    .output("sigma")
                    .value();
            return Answer.of("sigma", Tensor.scalar(sigma.square().dividedBy(corrected)));
        }
    }

    private record Cut() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Answer<R> normal = NORMAL.of(q);
            return normal.and("bound", normal.output("sigma").value().times(2));
        }
    }
}
