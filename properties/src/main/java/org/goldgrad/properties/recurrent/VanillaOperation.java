package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Claim.refuted;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.oracle.Smooth;
import org.goldgrad.analytic.recurrent.VanillaRnn;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.reference.recurrent.Activation;
import org.goldgrad.reference.recurrent.VanillaRnnGradient;

/** {@code recurrent.vanilla} and {@code recurrent.vanilla.gradient}: the plain recurrent layer. */
public final class VanillaOperation {
    static final String SOURCE = "EECS 182 (Fall 2023), homework 8, question 2";

    /** Axes longer than a vector register, none of them equal. */
    static final Map<String, Integer> WIDE = Map.of("time", 6, "batch", 3, "features", 7, "hidden", 5);

    /** A long run, with sizes for all the axes that any of these operations has. */
    static final Map<String, Integer> FIFTY_STEPS = Map.of(
            "time",
            50,
            "steps",
            50,
            "batch",
            1,
            "features",
            2,
            "hidden",
            3,
            "outputs",
            2,
            "classes",
            4,
            "rank",
            2,
            "above",
            2);

    /** Which φ a question is about. */
    static final Convention NONLINEARITY = new Convention(
            "nonlinearity",
            "Nonlinearity φ of the recurrence: part of the question, which no implementation declares",
            nonlinearities(),
            SOURCE + "(a) and (d); relu'(0) = 0: https://github.com/pytorch/pytorch/issues/7172");

    /** The declaration of the layer. */
    public static final Operation OPERATION = Operation.named("recurrent.vanilla", "Vanilla recurrent layer")
            .formula("""
                    a_t = x_t U + h_{t-1} W + b      h_t = φ(a_t)      h_0 = h0
                    φ is the convention nonlinearity""")
            .source(SOURCE + "(a); Elman 1990")
            .input("x", "time,batch,features", Domain.REAL)
            .input("h0", "batch,hidden", Domain.REAL)
            .input("U", "features,hidden", Domain.REAL)
            .input("W", "hidden,hidden", Domain.REAL)
            .input("b", "hidden", Domain.REAL)
            .intermediate("a", "time,batch,hidden")
            .output("h", "time,batch,hidden")
            .size("time", 1, 4)
            .size("batch", 1, 3)
            .size("features", 1, 3)
            .size("hidden", 1, 3)
            .convention(NONLINEARITY)
            .definition(VanillaRnn.LAYER)
            .wellPosed(smooth(VanillaRnn.LAYER))
            .reference(VanillaOperation::refer)
            .mistakes(VanillaMistakes.ofLayer())
            .claims(
                    holds(
                            "vanilla-tanh-bounded",
                            "φ = tanh: every |h_t| ≤ 1, and h_t is never NaN while the pre-activations are finite",
                            SOURCE + "(f)",
                            VanillaClaims::bounded),
                    holds(
                            "vanilla-linear-closed-form",
                            "φ = identity: h_t = h_0 Wᵗ + Σ_{s≤t} (x_s U + b) W^{t-s}",
                            SOURCE + "(e)",
                            VanillaClaims::linear),
                    holds(
                            "relu-homogeneous",
                            "φ = relu, b = 0, c > 0: scaling x and h_0 by c scales every h_t by c",
                            SOURCE + "(f)",
                            VanillaClaims::homogeneous),
                    holds(
                            "vanilla-causality",
                            "the layer on a prefix of x gives the prefix of h; changing x_s changes no h_t with t < s",
                            SOURCE + "(a)",
                            SequenceClaims.causality(() -> VanillaOperation.OPERATION)),
                    holds(
                            "vanilla-batch-independence",
                            "each sequence of a batch gives the same result as alone",
                            SOURCE + "(a)",
                            SequenceClaims.batchIndependence(() -> VanillaOperation.OPERATION)))
            .example("three sequences of six steps through a wide layer", WIDE)
            .declare();

    /** The declaration of its gradient. */
    public static final Operation GRADIENT = OPERATION
            .gradient("x", "h0", "U", "W", "b")
            .output("Gamma", "time,batch,hidden")
            .definition(gradient(VanillaRnn.LAYER))
            .reference(VanillaOperation::referGradient)
            .mistakes(VanillaMistakes.ofGradient())
            .claims(
                    holds(
                            "gradient-sum-of-paths",
                            "Γ_t = ∂L/∂h_t = Σ_{k≥t} (∂h_k/∂h_t)ᵀ ∂L_k/∂h_k, each term by the Jacobians of the steps "
                                    + "from t to k alone",
                            SOURCE + "(d)",
                            VanillaGradientClaims::sumOfPaths),
                    holds(
                            "symmetric-growth",
                            "φ = identity, W symmetric, dh_t = 0 for t < T, g = dh_T: Γ_t = Σ_i λ_i^{T-t} ⟨q_i, g⟩ q_i over "
                                    + "the eigenvalues λ_i of W and orthonormal eigenvectors q_i, so each component "
                                    + "vanishes or explodes by its own eigenvalue",
                            SOURCE + "(e)",
                            VanillaGradientClaims::symmetricGrowth),
                    refuted(
                            "spectral-radius-explodes",
                            "if an eigenvalue of W is larger than 1 in magnitude, the gradient explodes: "
                                    + "‖∂L/∂h_0‖ ≥ ‖∂L/∂h_T‖ for every loss of h_T",
                            SOURCE + "(e), solution",
                            "with symmetric W and no nonlinearity each eigenvector's component of ∂L/∂h_T grows by its own "
                                    + "eigenvalue (symmetric-growth), so one without the large eigenvector does not; for "
                                    + "generic g the growth rate tends to the spectral radius; and where φ saturates "
                                    + "nothing grows",
                            VanillaGradientClaims::spectralRadiusExplodes),
                    refuted(
                            "spectral-radius-shrinks",
                            "if all eigenvalues of W are smaller than 1 in magnitude, the gradient shrinks at every step: "
                                    + "‖Γ_t‖ ≤ ‖Γ_{t+1}‖ for every loss of h_T",
                            SOURCE + "(e), solution",
                            "without a nonlinearity it tends to 0 as T grows, but may grow first (a Jordan block); it "
                                    + "shrinks at every step if ‖W‖₂ < 1",
                            VanillaGradientClaims::spectralRadiusShrinks),
                    holds(
                            "vanishing-bound",
                            "|φ'| ≤ γ (1 for identity, tanh and relu, 1/4 for sigmoid) and γ‖W‖₂ ≤ δ: "
                                    + "‖∂h_T/∂h_0‖₂ ≤ δ^T, which tends to 0 where δ < 1",
                            "IFT6135 (2020), assignment 2, question 5.2",
                            VanillaGradientClaims::vanishingBound),
                    holds(
                            "all-targets-does-not-help",
                            "‖∂L_k/∂h_t‖ ≤ (γ‖W‖₂)^{k-t} ‖∂L_k/∂h_k‖ for every k ≥ t, whatever the targets at other steps "
                                    + "are, although ‖Γ_t‖ ≥ ‖∂L_t/∂h_t‖ - Σ_{k>t} (γ‖W‖₂)^{k-t} ‖∂L_k/∂h_k‖ does not vanish",
                            SOURCE + "(g)",
                            VanillaGradientClaims::allTargetsDoNotHelp))
            .example("three sequences of six steps through a wide layer", WIDE)
            .exampleByDefault("fifty steps", FIFTY_STEPS)
            .declare();

    private VanillaOperation() {}

    private static Map<String, String> nonlinearities() {
        Map<String, String> choices = new LinkedHashMap<>();
        choices.put("tanh", "φ(a) = tanh a");
        choices.put("relu", "φ(a) = max(a, 0), φ'(0) = 0");
        choices.put("sigmoid", "φ(a) = 1/(1 + e^{-a})");
        choices.put("identity", "φ(a) = a");
        return choices;
    }

    /** Questions of which doubles can tell on which side of every kink they lie. */
    static Predicate<Inputs> smooth(Definition function) {
        return in -> !"relu".equals(in.conventions().get("nonlinearity")) || Smooth.at(function, in);
    }

    /** The gradient of a plain layer, right or wrong, with the whole gradients by its states. */
    static Gradient gradient(Definition layer) {
        return new Gradient(layer, plainGradient(layer).inputs(), Map.of("Gamma", "h"));
    }

    /** The gradient of what has the arguments of a plain layer. */
    static Gradient plainGradient(Definition layer) {
        return new Gradient(layer, List.of("x", "h0", "U", "W", "b"));
    }

    /** The reference's layer of the weights and the nonlinearity in a question. */
    static org.goldgrad.reference.recurrent.VanillaRnn layer(Inputs in) {
        return layer(in, activation(in));
    }

    static org.goldgrad.reference.recurrent.VanillaRnn layer(Inputs in, Activation phi) {
        return org.goldgrad.reference.recurrent.VanillaRnn.of(
                Ejml.matrix(in.array("U")), Ejml.matrix(in.array("W")), Ejml.row(in.array("b")), phi);
    }

    static Activation activation(Inputs in) {
        return NONLINEARITY.of(in, Activation.class);
    }

    /** The shape of all hidden states of a question with x and h0. */
    static int[] states(Inputs in) {
        return new int[] {
            in.array("x").size(0), in.array("h0").size(0), in.array("h0").size(1)
        };
    }

    private static Outputs refer(Inputs in) {
        var h = layer(in).forward(Ejml.slices(in.array("x")), Ejml.matrix(in.array("h0")));
        return Outputs.of("h", Ejml.array(h, states(in)));
    }

    private static Outputs referGradient(Inputs in) {
        VanillaRnnGradient d = VanillaRnnGradient.of(
                layer(in), Ejml.slices(in.array("x")), Ejml.matrix(in.array("h0")), Ejml.slices(in.array("dh")));
        return ByInput.of(in)
                .and("x", d.dx())
                .and("h0", d.dh0())
                .and("U", d.dU())
                .and("W", d.dW())
                .and("b", d.db())
                .outputs()
                .and("Gamma", Ejml.array(d.Gamma(), states(in)));
    }
}
