package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Claim.holds;

import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.optimization.AdaMax;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Operation;

/** {@code optimization.adamax}: AdaMax. */
public final class AdaMaxOperation {
    private static final String SOURCE = "Kingma and Ba 2015, Algorithm 2";

    private static final Convention EPSILON = Convention.of(
            "epsilon",
            "Where ε stands, and whether the first moment is corrected",
            "PyTorch Adamax; Keras adamax.py; tiny-dnn optimizer.h; MLX Adamax",
            "within",
            "added to |g| inside the maximum: PyTorch",
            "beside",
            "added to the maximum: Keras, tiny-dnn",
            "uncorrected",
            "added to the maximum, the first moment not corrected: MLX",
            "none",
            "nowhere: the paper");

    private static final Optimizer RULE = Optimizer.named(
                    "optimization.adamax", "AdaMax", AdaMax.RULE, AdaMax.DEFINITION)
            .setting("lr", Domain.POSITIVE, 0x1p-5, 0x1p-3)
            .setting("beta1", Domain.DECAY, 0.875, 0.75)
            .setting("beta2", Domain.DECAY, 1 - 0x1p-7, 1 - 0x1p-5)
            .setting("eps", Domain.EPSILON, 0x1p-17, 0x1p-10)
            .convention(EPSILON);

    /** No parameter begins with a gradient of 0, which nobody can divide by without an ε. */
    private static final Inputs EXAMPLE =
            RULE.example().with("g", Gradients.spread(9, 2, 5).with(7, 0.5));

    /** The declaration. */
    public static final Operation OPERATION = RULE.declaration(
                    EXAMPLE,
                    RULE.slip("second-correction-copied-from-adam", "corrects by √(1 - β2^t) as Adam does", """
                                    epsilon=within|none   theta = theta - lr sqrt(1 - beta2^t)/(1 - beta1^t) m/u
                                    epsilon=beside        theta = theta - lr sqrt(1 - beta2^t)/(1 - beta1^t) m/(u + eps)
                                    epsilon=uncorrected   theta = theta - lr sqrt(1 - beta2^t) m/(u + eps)""")
                            .seenIn("https://github.com/tensorflow/swift-apis/pull/741"),
                    RULE.slip("sum-for-maximum", "adds where the larger is due", """
                                    epsilon=beside|uncorrected|none   u = beta2 u + abs(g)
                                    epsilon=within                    u = beta2 u + abs(g) + eps"""),
                    RULE.slip("rooted", "takes the root of the maximum", """
                                    epsilon=within|none   theta = theta - lr/(1 - beta1^t) m/sqrt(u)
                                    epsilon=beside        theta = theta - lr/(1 - beta1^t) m/(sqrt(u) + eps)
                                    epsilon=uncorrected   theta = theta - lr m/(sqrt(u) + eps)"""))
            .source(SOURCE)
            .reference(References::adaMax)
            .claims(
                    holds(
                            "adamax-unrolled",
                            "ε beside, uncorrected or none: u_t = max over i ≤ t of β2^(t-i) |g_i|",
                            SOURCE,
                            AdaptiveClaims::adaMaxUnrolled),
                    holds(
                            "adamax-first-step",
                            "ε none, g ≠ 0: θ_1 = θ_0 - lr sign(g), whatever the betas",
                            SOURCE,
                            AdaptiveClaims::adaMaxFirstStep),
                    GroupClaims.independent("adamax-", () -> AdaMaxOperation.OPERATION))
            .declare();

    private AdaMaxOperation() {}
}
