package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Claim.holds;

import org.goldgrad.analytic.optimization.AdaGrad;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Operation;

/** {@code optimization.adagrad}: Adagrad. */
public final class AdaGradOperation {
    private static final String SOURCE = "Duchi, Hazan and Singer 2011";

    private static final Convention EPSILON = Convention.of(
            "epsilon",
            "Where ε stands",
            "PyTorch Adagrad; MLX; Keras adagrad.py (initial accumulator 0.1); https://github.com/deeplearning4j/deeplearning4j/issues/953",
            "outside",
            "beside the root: PyTorch, MLX, tiny-dnn",
            "inside",
            "inside the root: Keras, TensorFlow");

    private static final Optimizer RULE = Optimizer.named(
                    "optimization.adagrad", "Adagrad", AdaGrad.RULE, AdaGrad.DEFINITION)
            .setting("lr", Domain.POSITIVE, 0x1p-5, 0x1p-3)
            .setting("eps", Domain.EPSILON, 0x1p-17, 0x1p-10)
            .setting("v0", Domain.NON_NEGATIVE, 0.125, 1)
            .convention(EPSILON);

    /** The declaration. */
    public static final Operation OPERATION = RULE.declaration(
                    RULE.slip("ascends", "adds the step", """
                                    epsilon=outside   theta = theta + lr g/(sqrt(v) + eps)
                                    epsilon=inside    theta = theta + lr g/sqrt(v + eps)""")
                            .seenIn("https://github.com/PaddlePaddle/Paddle/pull/4743"),
                    RULE.slip("divides-by-the-old-sum", "divides by the sum before its update", """
                                    epsilon=outside   theta = theta - lr g/(sqrt(v_old) + eps)
                                    epsilon=inside    theta = theta - lr g/sqrt(v_old + eps)"""),
                    RULE.slip("no-root", "divides by the sum itself", """
                                    theta = theta - lr g/(v + eps)"""),
                    RULE.slip("mean-for-sum", "divides by the mean of the squares", """
                                    epsilon=outside   theta = theta - lr g/(sqrt(v/t) + eps)
                                    epsilon=inside    theta = theta - lr g/sqrt(v/t + eps)"""))
            .source(SOURCE)
            .reference(References::adaGrad)
            .claims(
                    holds("adagrad-unrolled", "v_t = v_0 + Σ_{i≤t} g_i²", SOURCE, AdaptiveClaims::adaGradUnrolled),
                    holds(
                            "adagrad-step-bound",
                            "no parameter moves by more than lr in a step",
                            SOURCE,
                            AdaptiveClaims::adaGradBound),
                    GroupClaims.independent("adagrad-", () -> AdaGradOperation.OPERATION))
            .example(
                    "from an empty accumulator, with an ε that no format holds exactly",
                    RULE.example().with("eps", 1e-7, 1e-7).with("v0", 0, 0))
            .example(
                    "from an accumulator of 0.1, as TensorFlow has it",
                    RULE.example().with("eps", 1e-7, 1e-7).with("v0", 0.1, 0.1))
            .declare();

    private AdaGradOperation() {}
}
