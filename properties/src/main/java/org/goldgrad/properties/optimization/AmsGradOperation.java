package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Claim.holds;

import org.goldgrad.analytic.optimization.AmsGrad;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Operation;

/** {@code optimization.amsgrad}: AMSGrad. */
public final class AmsGradOperation {
    private static final String SOURCE = "Reddi, Kale and Kumar 2018";

    private static final Convention MAXIMUM = Convention.of(
            "maximum",
            "Of what the maximum is, and where ε stands",
            "https://github.com/pytorch/pytorch/issues/142323; https://github.com/google-deepmind/optax/issues/1423; Keras adam.py",
            "raw",
            "of v, corrected afterwards, ε beside the corrected root: PyTorch",
            "hat",
            "of v, the corrections in the rate, ε beside the raw root: Keras, TensorFlow",
            "corrected",
            "of v/(1 - β2^t): Optax",
            "uncorrected",
            "of v, and nothing is corrected: the paper, with an ε");

    private static final Optimizer RULE = Optimizer.named(
                    "optimization.amsgrad", "AMSGrad", AmsGrad.RULE, AmsGrad.DEFINITION)
            .setting("lr", Domain.POSITIVE, 0x1p-5, 0x1p-3)
            .setting("beta1", Domain.DECAY, 0.875, 0.75)
            .setting("beta2", Domain.DECAY, 1 - 0x1p-7, 1 - 0x1p-5)
            .setting("eps", Domain.EPSILON, 0x1p-17, 0x1p-10)
            .convention(MAXIMUM);

    /** The declaration. */
    public static final Operation OPERATION = RULE.declaration(
                    RULE.slip("forgets-the-maximum", "divides by the present second moment: Adam", """
                                    maximum=raw           theta = theta - lr m/(1 - beta1^t)/(sqrt(v/(1 - beta2^t)) + eps)
                                    maximum=hat           theta = theta - lr sqrt(1 - beta2^t)/(1 - beta1^t) m/(sqrt(v) + eps)
                                    maximum=corrected     theta = theta - lr m/(1 - beta1^t)/(sqrt(v/(1 - beta2^t)) + eps)
                                    maximum=uncorrected   theta = theta - lr m/(sqrt(v) + eps)"""),
                    RULE.slip("maximum-of-old", "takes the maximum before the second moment is updated", """
                                    maximum=raw|hat|uncorrected       w = max(w, v_old)
                                    maximum=corrected                 w = max(w, v_old/(1 - beta2^t))"""),
                    RULE.slip("maximum-averaged-on", "averages on from the maximum", """
                                    v = beta2 w + (1 - beta2) g^2"""),
                    RULE.slip("coefficients-swapped", "applies each β to the wrong term", """
                                    m = (1 - beta1) m + beta1 g
                                    v = (1 - beta2) v + beta2 g^2""")
                            .seenIn("https://github.com/marin-community/levanter/pull/883"))
            .source(SOURCE)
            .reference(References::amsGrad)
            .claims(
                    holds("amsgrad-divisor-grows", "w_t never decreases", SOURCE, AdaptiveClaims::divisorGrows),
                    holds(
                            "amsgrad-is-adam-while-gradients-grow",
                            "|g_t| never decreases, ε outside: AMSGrad with a raw maximum is Adam",
                            SOURCE,
                            AdaptiveClaims::amsGradIsAdam),
                    GroupClaims.independent("amsgrad-", () -> AmsGradOperation.OPERATION))
            .declare();

    private AmsGradOperation() {}
}
