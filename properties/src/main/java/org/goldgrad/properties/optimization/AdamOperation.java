package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Claim.refuted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.Binary64;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.optimization.Adam;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.reference.optimization.Adam.Placement;
import org.goldgrad.reference.optimization.Decay;
import org.goldgrad.reference.optimization.State;

/** {@code optimization.adam}: Adam and AdamW over groups of parameters. */
public final class AdamOperation {
    private static final String SOURCE = "Kingma and Ba 2015, Algorithm 1";
    private static final String ASSIGNMENT = "IFT6135 (2020), assignment 2, question 1";

    private static final Convention EPSILON = new Convention(
            "epsilon",
            "Where ε stands",
            choices(
                    "outside", "beside the root of the corrected second moment: Algorithm 1, PyTorch",
                    "hat", "beside the root of the raw one, the corrections in the rate: TensorFlow, Keras, ND4J"),
            "https://github.com/tensorflow/tensorflow/issues/9047; https://github.com/karpathy/nanochat/issues/304");

    private static final Convention DECAY = new Convention(
            "decay",
            "How weight decay enters",
            choices(
                    "decoupled", "beside the step, as θ -= αλθ: AdamW (Loshchilov and Hutter 2019), scaled by the rate",
                    "coupled", "through the gradient, as g += λθ: L2 regularisation"),
            "https://github.com/NVIDIA/apex/issues/1849; https://github.com/tensorflow/addons/issues/844");

    /** The declaration. */
    public static final Operation OPERATION = Operation.named("optimization.adam", "Adam")
            .formula("""
                    decay=coupled     g = g_t + λθ_{t-1}          decay=decoupled   g = g_t
                    m_t = β1 m_{t-1} + (1-β1) g      m̂ = m_t/(1-β1^t)
                    v_t = β2 v_{t-1} + (1-β2) g²     v̂ = v_t/(1-β2^t)          m_0 = v_0 = 0
                    epsilon=outside   θ_t = θ_{t-1} - α m̂/(√v̂ + ε)
                    epsilon=hat       θ_t = θ_{t-1} - rate_t m_t/(√v_t + ε)      rate_t = α √(1-β2^t)/(1-β1^t)
                    decay=decoupled   θ_t = ... - αλθ_{t-1}
                    α, β1, β2, ε, λ are lr, beta1, beta2, eps, weight_decay, one each for every group; m̂, v̂ are mhat, vhat""")
            .source(SOURCE + "; Loshchilov and Hutter 2019")
            .input("theta0", "groups,parameters", Domain.REAL)
            .input("g", "steps,groups,parameters", Domain.SPREAD)
            .setting("lr", "groups", Domain.POSITIVE)
            .setting("beta1", "groups", Domain.DECAY)
            .setting("beta2", "groups", Domain.DECAY)
            .setting("eps", "groups", Domain.EPSILON)
            .setting("weight_decay", "groups", Domain.NON_NEGATIVE)
            .output("m", "steps,groups,parameters")
            .output("v", "steps,groups,parameters")
            .intermediate("mhat", "steps,groups,parameters")
            .intermediate("vhat", "steps,groups,parameters")
            .intermediate("rate", "steps,groups")
            .output("theta", "steps,groups,parameters")
            .size("steps", 1, 6)
            .size("groups", 1, 3)
            .convention(EPSILON)
            .convention(DECAY)
            .definition(Adam::define)
            .wellPosed(AdamOperation::divides)
            .reference(AdamOperation::refer)
            .mistakes(AdamMistakes.all())
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
                            "λ = 0 or decoupled: (g, ε) → (cg, cε) with c > 0 leaves every θ_t unchanged",
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
                    holds(
                            "groups-independent",
                            "Adam over groups equals one Adam for each group, bit by bit, and their order does not matter",
                            "the low-rank RNN's groups",
                            AdamClaims::groupsIndependent),
                    refuted(
                            "l2-equals-decoupled",
                            "L2 in the loss and decoupled weight decay give the same θ",
                            "folklore",
                            "equal for plain gradient descent (decay αλ); for Adam only where λ = 0",
                            AdamClaims::l2EqualsDecoupled))
            .example("nine steps of gradients from 2^-33 to 2^33", spread(0))
            .example("the same with weight decay", spread(0.5))
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
            .declare();

    private AdamOperation() {}

    private static Map<String, String> choices(String a, String meansA, String b, String meansB) {
        Map<String, String> choices = new LinkedHashMap<>();
        choices.put(a, meansA);
        choices.put(b, meansB);
        return choices;
    }

    /** No 0/0: ε > 0, or no second moment is 0. */
    private static boolean divides(Inputs in) {
        return Arrays.stream(Adam.define(in.in(Binary64.ARITHMETIC))
                        .nearest()
                        .array("theta")
                        .elements())
                .allMatch(Double::isFinite);
    }

    private static Inputs spread(double decay) {
        return Inputs.empty()
                .with("theta0", Array.of(new int[] {2, 5}, 1, -2, 0.5, 3, -0.25, -1, 2, 4, -0.5, 1.5))
                .with("g", Gradients.spread(9, 2, 5))
                .with("lr", 0x1p-5, 0x1p-3)
                .with("beta1", 0.875, 0.75)
                .with("beta2", 1 - 0x1p-7, 1 - 0x1p-5)
                .with("eps", 0x1p-17, 0x1p-10)
                .with("weight_decay", decay, decay / 4);
    }

    private static Outputs refer(Inputs in) {
        Array g = in.array("g");
        List<List<State>> groups = new ArrayList<>();
        for (int group = 0; group < g.size(1); group++) {
            groups.add(trajectory(in, group));
        }
        List<State> states = new ArrayList<>();
        for (int t = 0; t < g.size(0); t++) {
            for (List<State> trajectory : groups) {
                states.add(trajectory.get(t));
            }
        }
        return Trajectory.outputs(states, g, "m", "v", "theta");
    }

    private static List<State> trajectory(Inputs in, int group) {
        var rule = new org.goldgrad.reference.optimization.Adam(
                in.array("lr").at(group),
                in.array("beta1").at(group),
                in.array("beta2").at(group),
                in.array("eps").at(group),
                in.array("weight_decay").at(group),
                in.convention("epsilon").equals("hat") ? Placement.EPSILON_HAT : Placement.AFTER_CORRECTION,
                in.convention("decay").equals("coupled") ? Decay.COUPLED : Decay.DECOUPLED);
        return Trajectory.states(
                rule, in.array("theta0").take(0, group), in.array("g").take(1, group));
    }
}
