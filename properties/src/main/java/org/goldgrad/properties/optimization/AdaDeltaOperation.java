package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Claim.refuted;

import org.goldgrad.analytic.optimization.AdaDelta;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Operation;

/** {@code optimization.adadelta}: Adadelta. */
public final class AdaDeltaOperation {
    private static final String SOURCE = "Zeiler 2012";

    private static final Optimizer RULE = Optimizer.named(
                    "optimization.adadelta", "Adadelta", AdaDelta.RULE, AdaDelta.DEFINITION)
            .setting("lr", Domain.POSITIVE, 0.5, 0x1p-3)
            .setting("rho", Domain.DECAY, 0.9375, 0.75)
            .setting("eps", Domain.EPSILON, 0x1p-17, 0x1p-10);

    /** The declaration. */
    public static final Operation OPERATION = RULE.declaration(
                    RULE.slip(
                                    "chained-in-place",
                                    "multiplies the whole average by the squared gradient, one operation in place after another",
                                    "v = (rho v + (1 - rho)) g^2")
                            .seenIn("https://github.com/deeplearning4j/nd4j/issues/1239"),
                    RULE.slip(
                            "averages-squared-rates",
                            "averages the squares of lr d instead of d",
                            "u = rho u + (1 - rho) (lr d)^2"),
                    RULE.slip(
                            "divides-by-the-old-average",
                            "divides by the average of squared gradients before its update, so that every step is lr g",
                            "d = sqrt(u + eps)/sqrt(v_old + eps) g"),
                    RULE.slip("epsilon-outside", "puts ε beside the roots", "d = (sqrt(u) + eps)/(sqrt(v) + eps) g"),
                    RULE.slip("epsilon-below-only", "puts no ε above", "d = sqrt(u)/sqrt(v + eps) g"),
                    RULE.slip("averages-exchanged", "exchanges the averages", "d = sqrt(v + eps)/sqrt(u + eps) g"))
            .source(SOURCE)
            .reference(References::adaDelta)
            .claims(
                    holds(
                            "adadelta-first-step",
                            "θ_1 = θ_0 - lr √ε g/√((1-ρ)g² + ε)",
                            SOURCE,
                            AdaptiveClaims::adaDeltaFirstStep),
                    refuted(
                            "adadelta-scale-invariance",
                            "ε > 0: g → cg leaves every θ_t unchanged, for the steps have the units of θ",
                            SOURCE,
                            "only in the limit of small ε; already the first step depends on c: adadelta-first-step",
                            AdaptiveClaims::adaDeltaScale),
                    GroupClaims.independent("adadelta-", () -> AdaDeltaOperation.OPERATION))
            .example("at a rate of 1", RULE.example().with("lr", 1, 1))
            .declare();

    private AdaDeltaOperation() {}
}
