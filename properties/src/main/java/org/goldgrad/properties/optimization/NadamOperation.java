package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Claim.holds;

import org.goldgrad.analytic.optimization.Nadam;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Operation;

/** {@code optimization.nadam}: NAdam. */
public final class NadamOperation {
    private static final String SOURCE = "Dozat 2016";

    private static final Convention SCHEDULE = Convention.of(
            "schedule",
            "How the momentum runs, and by what it is corrected",
            "PyTorch NAdam (psi is its momentum_decay); Keras nadam.py (psi = 1); Optax scale_by_adam(nesterov=True); Ruder 2016, section 4.8",
            "decaying",
            "μ_t = β1(1 - ½ 0.96^(tψ)), corrected by products: Dozat 2016, PyTorch, Keras",
            "constant",
            "μ = β1, the two parts corrected by 1 - β1^(t+1) and 1 - β1^t: Optax",
            "same",
            "μ = β1, both corrected by 1 - β1^t: Ruder 2016, ND4J");

    private static final Optimizer RULE = Optimizer.named("optimization.nadam", "NAdam", Nadam.RULE, Nadam.DEFINITION)
            .setting("lr", Domain.POSITIVE, 0x1p-5, 0x1p-3)
            .setting("beta1", Domain.DECAY, 0.875, 0.75)
            .setting("beta2", Domain.DECAY, 1 - 0x1p-7, 1 - 0x1p-5)
            .setting("eps", Domain.EPSILON, 0x1p-17, 0x1p-10)
            .setting("psi", Domain.POSITIVE, 0x1p-8, 0x1p-4)
            .convention(SCHEDULE);

    /** The declaration. */
    public static final Operation OPERATION = RULE.declaration(
                    RULE.slip("plain-momentum", "looks ahead nowhere: Adam", """
                                    schedule=decaying   ahead = m/(1 - product)
                                    schedule=decaying   now = 0
                                    schedule=constant   ahead = m/(1 - beta1^t)
                                    schedule=constant   now = 0
                                    schedule=same       ahead = m/(1 - beta1^t)
                                    schedule=same       now = 0"""),
                    RULE.slip(
                            "present-momentum-for-next",
                            "takes the present momentum for the next one",
                            "schedule=decaying   ahead = mu m/(1 - mu product)"),
                    RULE.slip(
                                    "momentum-counted-twice",
                                    "multiplies the product by the present momentum once more",
                                    "schedule=decaying   ahead = next m/(1 - next mu product)")
                            .seenIn(
                                    "https://github.com/pytorch/pytorch/pull/92699",
                                    "https://github.com/dotnet/TorchSharp/pull/1155"),
                    RULE.slip(
                                    "product-never-begins",
                                    "starts the product of momenta at 0",
                                    "schedule=decaying   product = 0")
                            .seenIn("https://github.com/dotnet/TorchSharp/issues/1154"),
                    RULE.slip("momentum-for-beta1", "corrects by powers of β1 where the momentum varies", """
                                    schedule=decaying   ahead = next m/(1 - beta1^(t + 1))
                                    schedule=decaying   now = (1 - mu) g/(1 - beta1^t)"""),
                    RULE.slip("coefficients-swapped", "applies each β to the wrong term", """
                                    m = (1 - beta1) m + beta1 g
                                    v = (1 - beta2) v + beta2 g^2""")
                            .seenIn("https://github.com/marin-community/levanter/pull/883"))
            .source(SOURCE)
            .reference(References::nadam)
            .claims(
                    holds(
                            "nadam-without-momentum-is-adam",
                            "β1 = 0: NAdam is Adam with ε outside, whatever the schedule",
                            SOURCE,
                            AdaptiveClaims::nadamWithoutMomentum),
                    holds(
                            "nadam-first-step",
                            "schedule same: θ_1 = θ_0 - lr (1 + β1) g/(|g| + ε), whatever β2",
                            SOURCE,
                            AdaptiveClaims::nadamFirstStep),
                    GroupClaims.independent("nadam-", () -> NadamOperation.OPERATION))
            .example(
                    "the rise of the momentum that PyTorch has by default",
                    RULE.example().with("psi", 0.004, 0.004))
            .declare();

    private NadamOperation() {}
}
