package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Claim.holds;

import java.util.stream.IntStream;
import org.goldgrad.analytic.arithmetic.Binary64;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.optimization.RmsProp;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Operation;

/** {@code optimization.rmsprop}: RMSprop. */
public final class RmsPropOperation {
    private static final String SOURCE = "Tieleman and Hinton 2012; Graves 2013";

    private static final Convention EPSILON = Convention.of(
            "epsilon",
            "Where ε stands",
            "https://github.com/pytorch/pytorch/issues/26735; https://github.com/tensorflow/tensorflow/issues/58412; Keras rmsprop.py",
            "outside",
            "beside the root: PyTorch, MLX",
            "inside",
            "inside the root: Keras, TensorFlow, tiny-dnn");

    private static final Convention CENTERED = Convention.of(
            "centered",
            "Whether the mean is subtracted",
            "Graves 2013, section 4.2; https://github.com/CanReader/FastNN/issues/12 (the difference cancels where gradients are large and alike)",
            "plain",
            "the root of the mean square",
            "centered",
            "the root of the variance");

    private static final Convention RATE = Convention.of(
            "rate",
            "Where the learning rate enters",
            "Keras rmsprop.py; PyTorch RMSprop",
            "outside",
            "the rate multiplies the buffer: PyTorch",
            "inside",
            "the buffer contains the rate: Keras, TensorFlow");

    private static final Optimizer RULE = Optimizer.named(
                    "optimization.rmsprop", "RMSprop", RmsProp.RULE, RmsProp.DEFINITION)
            .setting("lr", Domain.POSITIVE, 0x1p-5, 0x1p-3)
            .setting("rho", Domain.DECAY, 0.9375, 0.75)
            .setting("eps", Domain.EPSILON, 0x1p-17, 0x1p-10)
            .setting("momentum", Domain.DECAY, 0.875, 0.5)
            .convention(EPSILON)
            .convention(CENTERED)
            .convention(RATE);

    /** The declaration. */
    public static final Operation OPERATION = RULE.declaration(
                    RULE.slip("no-root", "divides by the mean square itself", """
                                    centered=plain epsilon=outside      step = g/(v + eps)
                                    centered=plain epsilon=inside       step = g/(v + eps)
                                    centered=centered epsilon=outside   step = g/(v - mean^2 + eps)
                                    centered=centered epsilon=inside    step = g/(v - mean^2 + eps)"""),
                    RULE.slip("corrected", "corrects the mean square as Adam does", """
                                    centered=plain epsilon=outside   step = g/(sqrt(v/(1 - rho^t)) + eps)
                                    centered=plain epsilon=inside    step = g/sqrt(v/(1 - rho^t) + eps)
                                    centered=centered epsilon=outside   step = g/(sqrt((v - mean^2)/(1 - rho^t)) + eps)
                                    centered=centered epsilon=inside    step = g/sqrt((v - mean^2)/(1 - rho^t) + eps)"""),
                    RULE.slip("divides-by-the-old-average", "divides by the mean square before its update", """
                                    centered=plain epsilon=outside   step = g/(sqrt(v_old) + eps)
                                    centered=plain epsilon=inside    step = g/sqrt(v_old + eps)"""),
                    RULE.slip("coefficients-swapped", "applies ρ to the wrong term", """
                                    v = (1 - rho) v + rho g^2""")
                            .seenIn("https://github.com/marin-community/levanter/pull/883"))
            .wellPosed(Optimizer.divides(RmsProp.DEFINITION).and(RmsPropOperation::spreads))
            .source(SOURCE)
            .reference(References::rmsProp)
            .claims(
                    holds(
                            "rmsprop-unrolled",
                            "v_t = (1-ρ) Σ_{i≤t} ρ^(t-i) g_i²",
                            SOURCE,
                            AdaptiveClaims::rmsPropUnrolled),
                    holds(
                            "rmsprop-rate-placement",
                            "whichever side the rate is on, θ is the same, and the buffer inside is lr times the one outside",
                            SOURCE,
                            AdaptiveClaims::rmsPropPlacement),
                    holds(
                            "rmsprop-scale-invariance",
                            "(g, ε) → (cg, cε) with ε outside, (cg, c²ε) inside, c > 0, leaves every θ_t unchanged",
                            SOURCE,
                            AdaptiveClaims::rmsPropScale),
                    GroupClaims.independent("rmsprop-", () -> RmsPropOperation.OPERATION))
            .example("without momentum", RULE.example().with("momentum", 0, 0))
            .declare();

    private RmsPropOperation() {}

    /** Centered, the variance is 0 before the first gradient, or at least 1/64 of the mean square: not all cancellation. */
    private static boolean spreads(Inputs in) {
        if (!in.convention("centered").equals("centered")) {
            return true;
        }
        Answer<Binary64> answer = RmsProp.DEFINITION.of(in.in(Binary64.ARITHMETIC));
        double[] v = Array.nearest(answer.output("v")).elements();
        double[] mean = Array.nearest(answer.intermediate("mean")).elements();
        return IntStream.range(0, v.length).allMatch(i -> v[i] == 0 || v[i] - mean[i] * mean[i] >= v[i] / 64);
    }
}
