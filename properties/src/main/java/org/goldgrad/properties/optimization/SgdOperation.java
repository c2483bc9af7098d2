package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Claim.refuted;

import java.util.stream.IntStream;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.optimization.Sgd;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Operation;

/** {@code optimization.sgd}: Gradient descent with momentum and weight decay. */
public final class SgdOperation {
    private static final String SOURCE = "Polyak 1964; Loshchilov and Hutter 2019";

    private static final Convention DECAY = Convention.of(
            "decay",
            "How weight decay enters",
            "Loshchilov and Hutter 2019; PyTorch SGD (weight_decay)",
            "coupled",
            "through the gradient: L2 regularisation, PyTorch",
            "decoupled",
            "beside the step and scaled by the rate: SGDW");

    private static final Convention FIRST_STEP = Convention.of(
            "first_step",
            "Whether the first gradient is dampened",
            "https://github.com/pytorch/pytorch/issues/152833; https://github.com/ml-explore/mlx/pull/473",
            "undamped",
            "v_1 = g_1: PyTorch",
            "damped",
            "the velocity starts at 0: MLX");

    private static final Optimizer RULE = Optimizer.named(
                    "optimization.sgd", "Gradient descent with momentum and weight decay", Sgd.RULE, Sgd.DEFINITION)
            .setting("lr", Domain.POSITIVE, 0x1p-5, 0x1p-3)
            .setting("momentum", Domain.DECAY, 0.875, 0.75)
            .setting("dampening", Domain.DECAY, 0.25, 0.625)
            .setting("weight_decay", Domain.NON_NEGATIVE, 0.5, 0.125)
            .convention(DECAY)
            .convention(FIRST_STEP);

    /** The declaration. */
    public static final Operation OPERATION = RULE.declaration(
                    RULE.slip("steps-along-the-old-velocity", "moves before it updates the velocity", """
                                    decay=coupled     theta = theta - lr v_old
                                    decay=decoupled   theta = theta - lr weight_decay theta - lr v_old"""),
                    RULE.slip("nesterov", "looks ahead as Nesterov does", """
                                    decay=coupled     theta = theta - lr (g + momentum v)
                                    decay=decoupled   theta = theta - lr weight_decay theta - lr (g + momentum v)""")
                            .seenIn("https://github.com/PaddlePaddle/Paddle/pull/12231"),
                    RULE.slip("ascends", "adds the step", """
                                    decay=coupled     theta = theta + lr v
                                    decay=decoupled   theta = theta - lr weight_decay theta + lr v"""),
                    RULE.slip("decay-multiplied", "multiplies the gradient by λθ instead of adding it", """
                                    decay=coupled   g = g weight_decay theta""")
                            .seenIn("https://github.com/apache/mxnet/issues/8925"),
                    RULE.slip(
                            "decay-halved",
                            "takes λ for the weight of ‖θ‖²/2 where it is that of ‖θ‖², or the reverse",
                            """
                                    decay=coupled     g = g + 2 weight_decay theta
                                    decay=decoupled   theta = theta - 2 lr weight_decay theta - lr v"""),
                    RULE.slip("decay-not-scaled-by-the-rate", "applies the decoupled decay without the rate", """
                                    decay=decoupled   theta = theta - weight_decay theta - lr v""")
                            .seenIn("https://github.com/tensorflow/addons/issues/844"),
                    RULE.slip("decays-after-the-step", "decays the parameter that the step has already moved", """
                                    decay=decoupled   theta = (1 - lr weight_decay) (theta - lr v)"""),
                    RULE.slip("dampening-for-momentum", "takes the dampening for the momentum", """
                                    first_step=undamped   v = first(g, dampening v + (1 - momentum) g)
                                    first_step=damped     v = dampening v + (1 - momentum) g"""))
            .wellPosed(SgdOperation::dampensMomentum)
            .source(SOURCE)
            .reference(References::sgd)
            .claims(
                    holds(
                            "sgd-l2-is-decoupled",
                            "momentum = dampening = 0: L2 in the loss and decoupled decay give the same θ",
                            "folklore, true here",
                            SgdClaims::l2IsDecoupled),
                    holds(
                            "sgd-is-momentum",
                            "λ = dampening = 0: v and θ are those of optimization.momentum with the rate outside",
                            SOURCE,
                            SgdClaims::isMomentum),
                    holds(
                            "weight-decay-shrinks",
                            "g = 0, momentum = 0: θ_t = (1 - lr λ)^t θ_0, whichever way the decay enters",
                            SgdClaims.LOW_RANK,
                            SgdClaims::decayShrinks),
                    refuted(
                            "weight-decay-order-one",
                            "g = 0, 0 < lr λ < 1: L2 regularisation keeps a norm that is 1 within [1/2, 2], for as many steps as you like",
                            SgdClaims.LOW_RANK,
                            "it is (1 - lr λ)^t: weight-decay-shrinks; only a projection fixes the norm",
                            SgdClaims::decayKeepsOrderOne),
                    refuted(
                            "penalty-garbled",
                            "u, v > 0: a small gradient step on λ/(2‖U‖ + 2‖V‖), the penalty as it is printed, does not increase ‖U‖",
                            SgdClaims.LOW_RANK,
                            "it pushes the norms up; penalty-as-meant pulls them down",
                            SgdClaims::penaltyAsPrinted),
                    holds(
                            "penalty-as-meant",
                            "0 < lr λ < 1/2: a gradient step on λ(‖U‖² + ‖V‖²) multiplies ‖U‖ by 1 - 2 lr λ",
                            SgdClaims.LOW_RANK,
                            SgdClaims::penaltyAsMeant),
                    GroupClaims.independent("sgd-", () -> SgdOperation.OPERATION))
            .example("without momentum", RULE.example().with("momentum", 0, 0).with("dampening", 0, 0))
            .example("without dampening", RULE.example().with("dampening", 0, 0))
            .example(
                    "without dampening and decay",
                    RULE.example().with("dampening", 0, 0).with("weight_decay", 0, 0))
            .declare();

    private SgdOperation() {}

    /** Without a momentum there is nothing to dampen, and frameworks ignore that they were told to. */
    private static boolean dampensMomentum(Inputs in) {
        return IntStream.range(0, in.array("momentum").size())
                .allMatch(group -> in.array("momentum").at(group) > 0
                        || in.array("dampening").at(group) == 0);
    }
}
