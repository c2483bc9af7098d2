package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Claim.refuted;
import static org.goldgrad.properties.operation.Mistake.mistake;

import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.optimization.Adam;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Twist;

/** {@code optimization.adam}: Adam and AdamW over groups of parameters. */
public final class AdamOperation {
    private static final String SOURCE = "Kingma and Ba 2015, Algorithm 1";
    private static final String ASSIGNMENT = "IFT6135 (2020), assignment 2, question 1";

    private static final Convention EPSILON = Convention.of(
            "epsilon",
            "Where ε stands, and whether the moments are corrected",
            "https://github.com/tensorflow/tensorflow/issues/9047; https://github.com/karpathy/nanochat/issues/304; "
                    + "https://github.com/oxideai/mlx-rs/issues/301; tiny-dnn optimizer.h",
            "outside",
            "beside the root of the corrected second moment: Algorithm 1, PyTorch, Optax, MLX with bias_correction=True",
            "hat",
            "beside the root of the raw one, the corrections in the rate: TensorFlow, Keras, flashlight, ND4J",
            "inside",
            "inside the root of the corrected one: tiny-dnn",
            "uncorrected",
            "beside the root of the raw one, and nothing is corrected: MLX by default");

    private static final Convention DECAY = Convention.of(
            "decay",
            "How weight decay enters",
            "https://github.com/NVIDIA/apex/issues/1849; https://github.com/tensorflow/addons/issues/844",
            "decoupled",
            "beside the step and scaled by the rate: AdamW (Loshchilov and Hutter 2019) in PyTorch, Keras, MLX",
            "coupled",
            "through the gradient: L2 regularisation",
            "unscaled",
            "beside the step, whatever the rate: AdamW of TensorFlow Addons, and of the paper where its schedule is 1");

    private static final Optimizer ADAM = Optimizer.named("optimization.adam", "Adam", Adam.RULE, Adam.DEFINITION)
            .setting("lr", Domain.POSITIVE, 0x1p-5, 0x1p-3)
            .setting("beta1", Domain.DECAY, 0.875, 0.75)
            .setting("beta2", Domain.DECAY, 1 - 0x1p-7, 1 - 0x1p-5)
            .setting("eps", Domain.EPSILON, 0x1p-17, 0x1p-10)
            .setting("weight_decay", Domain.NON_NEGATIVE, 0.5, 0.125)
            .convention(EPSILON)
            .convention(DECAY);

    /** The declaration. */
    public static final Operation OPERATION = ADAM.declaration(
                    ADAM.slip("only-first-moment-corrected", "corrects the first moment only", """
                                    epsilon=outside|inside   vhat = v
                                    epsilon=hat              rate = 1/(1 - beta1^t)"""),
                    ADAM.slip("only-second-moment-corrected", "corrects the second moment only", """
                                    epsilon=outside|inside   mhat = m
                                    epsilon=hat              rate = sqrt(1 - beta2^t)"""),
                    ADAM.slip("correction-multiplied", "multiplies by 1 - β^t instead of dividing", """
                                    epsilon=outside|inside   mhat = m (1 - beta1^t)
                                    epsilon=outside|inside   vhat = v (1 - beta2^t)
                                    epsilon=hat              rate = (1 - beta1^t)/sqrt(1 - beta2^t)""")
                            .seenIn("https://github.com/karpathy/convnetjs/pull/70"),
                    ADAM.slip("divided-by-beta-to-the-t", "divides by β^t", """
                                    epsilon=outside|inside   mhat = m/beta1^t
                                    epsilon=outside|inside   vhat = v/beta2^t
                                    epsilon=hat              rate = sqrt(beta2^t)/beta1^t""")
                            .seenIn("https://github.com/kozistr/pytorch_optimizer/pull/525"),
                    ADAM.slip("second-correction-complemented", "complements the second correction once too often", """
                                    epsilon=outside|inside   vhat = v/beta2^t
                                    epsilon=hat              rate = sqrt(beta2^t)/(1 - beta1^t)""")
                            .seenIn("https://github.com/kozistr/AdaBound-tensorflow/issues/3"),
                    ADAM.slip("coefficients-swapped", "applies each β to the wrong term", """
                                    m = (1 - beta1) m + beta1 g
                                    v = (1 - beta2) v + beta2 g^2""")
                            .seenIn("https://github.com/marin-community/levanter/pull/883"),
                    ADAM.slip("epsilon-subtracted", "subtracts ε", """
                                    epsilon=outside       step = mhat/(sqrt(vhat) - eps)
                                    epsilon=hat           step = rate m/(sqrt(v) - eps)
                                    epsilon=uncorrected   step = m/(sqrt(v) - eps)""")
                            .seenIn("https://github.com/tensorflow/tensorflow/issues/61407"),
                    ADAM.slip("no-root", "forgets the square root", """
                                    epsilon=outside       step = mhat/(vhat + eps)
                                    epsilon=hat           step = rate m/(v + eps)
                                    epsilon=inside        step = mhat/(vhat + eps)
                                    epsilon=uncorrected   step = m/(v + eps)"""),
                    ADAM.slip("gradient-not-squared", "averages |g| instead of g²", "v = beta2 v + (1 - beta2) abs(g)"),
                    ADAM.slip("first-moment-unweighted", "leaves out the factor 1 - β1", "m = beta1 m + g"),
                    ADAM.slip("second-moment-unweighted", "leaves out the factor 1 - β2", "v = beta2 v + g^2"),
                    ADAM.slip("moments-reset-every-step", "starts both moments from zero at every step", """
                                    m = (1 - beta1) g
                                    v = (1 - beta2) g^2""")
                            .seenIn("https://github.com/kozistr/pytorch_optimizer/pull/516"),
                    ADAM.slip("steps-along-the-old-moment", "moves along the first moment before its update", """
                                    epsilon=outside|inside   mhat = m_old/(1 - beta1^t)
                                    epsilon=hat              step = rate m_old/(sqrt(v) + eps)
                                    epsilon=uncorrected      step = m_old/(sqrt(v) + eps)"""),
                    ADAM.slip(
                            "keeps-the-largest-second-moment",
                            "divides by the largest second moment so far (AMSGrad)",
                            """
                                    w = max(w, v)
                                    epsilon=outside|inside   vhat = w/(1 - beta2^t)
                                    epsilon=hat              step = rate m/(sqrt(w) + eps)
                                    epsilon=uncorrected      step = m/(sqrt(w) + eps)"""),
                    ADAM.afterwards(
                            "stores-the-corrected-moments",
                            "stores the corrected moments and averages on from them",
                            """
                                    m = m/(1 - beta1^t)
                                    v = v/(1 - beta2^t)"""),
                    ADAM.slip("ascends", "adds the step", """
                                    decay=coupled     theta = theta + lr step
                                    decay=decoupled   theta = theta - lr weight_decay theta + lr step
                                    decay=unscaled    theta = theta - weight_decay theta + lr step"""),
                    mistake(
                            "decay-ignored",
                            "ignores the weight decay",
                            "weight_decay = 0, whatever was asked",
                            Twist.input(Adam.DEFINITION, "weight_decay", Twist.zero())),
                    ADAM.slip(
                                    "decay-multiplied",
                                    "multiplies the gradient by λθ instead of adding it",
                                    "decay=coupled   g = g weight_decay theta")
                            .seenIn("https://github.com/apache/mxnet/issues/8925"),
                    ADAM.slip(
                                    "correction-leaks-into-decay",
                                    "multiplies the weight decay by the bias correction too",
                                    """
                                    decay=decoupled   scale = sqrt(1 - beta2^t)/(1 - beta1^t)
                                    decay=decoupled   theta = theta - lr scale weight_decay theta - lr step""")
                            .seenIn("https://github.com/Oneflow-Inc/oneflow/pull/5960"),
                    ADAM.slip("decays-after-the-step", "decays the parameter that the step has already moved", """
                                    decay=decoupled   theta = (1 - lr weight_decay) (theta - lr step)
                                    decay=unscaled    theta = (1 - weight_decay) (theta - lr step)"""))
            .source(SOURCE + "; Loshchilov and Hutter 2019")
            .reference(References::adam)
            .claims(
                    holds(
                            "adam-first-step",
                            "ε outside, λ = 0: θ_1 = θ_0 - α g/(|g| + ε), whatever the betas",
                            SOURCE,
                            AdamClaims::firstStep),
                    holds(
                            "adam-constant-gradient",
                            "constant g, λ = 0 or decoupled: m_t/(1-β1^t) = g and v_t/(1-β2^t) = g² for every t",
                            SOURCE,
                            AdamClaims::constantGradient),
                    holds(
                            "adam-scale-invariance",
                            "λ = 0 or decoupled, ε beside a root: (g, ε) → (cg, cε) with c > 0 leaves every θ_t unchanged",
                            SOURCE + ", section 2.1",
                            AdamClaims::scaleInvariance),
                    holds(
                            "adam-step-bound",
                            "0 < β2, v_t > 0: |m_t|/√v_t ≤ (1-β1)/√(1-β2) · √Σ_{j<t} (β1²/β2)^j",
                            SOURCE + ", section 2.1 (Cauchy-Schwarz)",
                            AdamClaims::stepBound),
                    holds(
                            "adam-moment-is-running-average",
                            "λ = 0 or decoupled: m and v are optimization.running_average of g and g²",
                            ASSIGNMENT,
                            AdamClaims::momentsAreAverages),
                    GroupClaims.independent("", () -> AdamOperation.OPERATION),
                    refuted(
                            "l2-equals-decoupled",
                            "L2 in the loss and decoupled weight decay give the same θ",
                            "folklore",
                            "equal for plain gradient descent (decay αλ: sgd-l2-is-decoupled); for Adam only where λ = 0",
                            AdamClaims::l2EqualsDecoupled))
            .example("nine steps without weight decay", ADAM.example().with("weight_decay", 0, 0))
            .example(
                    "the paper's settings, which no format holds exactly",
                    Inputs.empty()
                            .with("theta0", Array.of(new int[] {1, 5}, 1, -2, 0.5, 3, -0.25))
                            .with("g", Gradients.spread(6, 1, 5))
                            .with("lr", new double[] {0.001})
                            .with("beta1", new double[] {0.9})
                            .with("beta2", new double[] {0.999})
                            .with("eps", new double[] {1e-8})
                            .with("weight_decay", new double[] {0.01}))
            .example(
                    "a thousand steps, in which a power of β1 falls below every double",
                    Inputs.empty()
                            .with("theta0", Array.of(new int[] {1, 1}, 1))
                            .with("g", Gradients.spread(1000, 1, 1))
                            .with("lr", new double[] {0x1p-7})
                            .with("beta1", new double[] {0.25})
                            .with("beta2", new double[] {1 - 0x1p-8})
                            .with("eps", new double[] {0x1p-10})
                            .with("weight_decay", new double[] {0x1p-3})
                            .withConvention("epsilon", "outside")
                            .withConvention("decay", "decoupled"))
            .declare();

    private AdamOperation() {}
}
