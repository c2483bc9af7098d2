package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Claim.refuted;
import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.recurrent.Nonlinearity;
import org.goldgrad.analytic.recurrent.Preactivation;
import org.goldgrad.analytic.recurrent.Squash;
import org.goldgrad.analytic.recurrent.Unrolling;
import org.goldgrad.analytic.recurrent.VanillaRnn;
import org.goldgrad.analytic.recurrent.VanillaRnn.Nodes;
import org.goldgrad.analytic.recurrent.VanillaRnn.Weights;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.reference.recurrent.PreactivationGradient;
import org.goldgrad.reference.recurrent.PreactivationRnn;

/** {@code recurrent.preactivation} and its gradient: the layer whose nonlinearity comes first. */
public final class PreactivationOperation {
    private static final String SOURCE = "IFT6135 (2020), assignment 2, question 5";

    /** The declaration of the layer. */
    public static final Operation OPERATION = Operation.named(
                    "recurrent.preactivation", "Recurrent layer of pre-activations")
            .formula("""
                    h_t = φ(h_{t-1}) W + x_t U + b      h_0 = h0
                    φ is the convention nonlinearity""")
            .source(SOURCE + ".1")
            .input("x", "time,batch,features", Domain.REAL)
            .input("h0", "batch,hidden", Domain.REAL)
            .input("U", "features,hidden", Domain.REAL)
            .input("W", "hidden,hidden", Domain.REAL)
            .input("b", "hidden", Domain.REAL)
            .output("h", "time,batch,hidden")
            .size("time", 1, 4)
            .size("batch", 1, 2)
            .size("features", 1, 2)
            .size("hidden", 1, 3)
            .convention(VanillaOperation.NONLINEARITY)
            .definition(Preactivation.LAYER)
            .wellPosed(VanillaOperation.smooth(Preactivation.LAYER))
            .reference(PreactivationOperation::refer)
            .mistakes(mistakes(UnaryOperator.identity()))
            .claims(
                    holds(
                            "preactivation-equivalence",
                            "g_t = φ(h_t) for all t, where g_t = φ(g_{t-1} W + x_t U + b) is the plain layer and g_0 = φ(h_0)",
                            SOURCE + ".1",
                            PreactivationClaims::equivalence),
                    holds(
                            "preactivation-causality",
                            "the layer on a prefix of x gives the prefix of h; changing x_s changes no h_t with t < s",
                            SOURCE + ".1",
                            SequenceClaims.causality(() -> PreactivationOperation.OPERATION)))
            .example("three sequences of six steps through a wide layer", VanillaOperation.WIDE)
            .declare();

    /** The declaration of its gradient. */
    public static final Operation GRADIENT = OPERATION
            .gradient("x", "h0", "U", "W", "b")
            .reference(PreactivationOperation::referGradient)
            .mistakes(gradientMistakes())
            .claims(
                    holds(
                            "preactivation-equivalence-gradient",
                            "with g as in preactivation-equivalence and dh_t = dg_t ⊙ φ'(h_t), dx, dU, dW and db are those "
                                    + "of the plain layer from dg, and dh0 is its dg_0 ⊙ φ'(h_0)",
                            SOURCE + ".1",
                            PreactivationClaims::equivalentGradient),
                    holds(
                            "vanishing-bound-preactivation",
                            "|φ'| ≤ γ (1 for identity, tanh and relu, 1/4 for sigmoid) and λ₁(WᵀW) ≤ δ²/γ²: "
                                    + "‖∂h_T/∂h_0‖₂ ≤ δ^T, which tends to 0 where δ < 1",
                            SOURCE + ".2",
                            (subject, draw) -> VanillaGradientClaims.vanishingBound(
                                    PreactivationOperation.GRADIENT, subject, draw)),
                    refuted(
                            "explosion-sufficient",
                            "if λ₁(WᵀW) > 1/γ², the gradient does not vanish: ‖∂h_T/∂h_0‖₂ ≥ 1 for every T",
                            SOURCE + ".3, read as sufficient",
                            "the condition is necessary for an explosion, not sufficient: W may be nilpotent, and units may "
                                    + "be saturated",
                            PreactivationClaims::explosionSufficient))
            .example("three sequences of six steps through a wide layer", VanillaOperation.WIDE)
            .exampleByDefault("fifty steps", VanillaOperation.FIFTY_STEPS)
            .declare();

    private PreactivationOperation() {}

    private static PreactivationRnn layer(Inputs in) {
        return PreactivationRnn.of(
                Ejml.matrix(in.array("U")),
                Ejml.matrix(in.array("W")),
                Ejml.row(in.array("b")),
                VanillaOperation.activation(in));
    }

    private static Outputs refer(Inputs in) {
        var h = layer(in).forward(Ejml.slices(in.array("x")), Ejml.matrix(in.array("h0")));
        return Outputs.of("h", Ejml.array(h, VanillaOperation.states(in)));
    }

    private static Outputs referGradient(Inputs in) {
        PreactivationGradient d = PreactivationGradient.of(
                layer(in), Ejml.slices(in.array("x")), Ejml.matrix(in.array("h0")), Ejml.slices(in.array("dh")));
        return ByInput.of(in)
                .and("x", d.dx())
                .and("h0", d.dh0())
                .and("U", d.dU())
                .and("W", d.dW())
                .and("b", d.db())
                .outputs();
    }

    /** The layer's mistakes, each made by a definition derived from the wrong layer. */
    private static List<Mistake> mistakes(UnaryOperator<Definition> from) {
        List<Mistake> mistakes = new ArrayList<>(TimeMistakes.forward(unrolling -> from.apply(unrolled(unrolling))));
        mistakes.addAll(ArgumentMistakes.of(Preactivation.LAYER, from, "x", "h0", "W", "b"));
        mistakes.addAll(List.of(
                mistake(
                                "squashes-the-sum",
                                "is the plain layer",
                                "h_t = φ(h_{t-1} W + x_t U + b)",
                                from.apply(made(VanillaRnn::step)))
                        .except("nonlinearity", "identity"),
                mistake(
                                "squashes-the-product",
                                "applies the nonlinearity after the product instead of before it",
                                "h_t = φ(h_{t-1} W) + x_t U + b",
                                from.apply(made(PreactivationOperation::squashedProduct)))
                        .except("nonlinearity", "identity"),
                mistake(
                                "squashes-the-result",
                                "returns φ(h_t) for h_t",
                                "φ(h_t) in place of h_t, after the recurrence",
                                from.apply(new Squashed()))
                        .except("nonlinearity", "identity"),
                InaccurateTanh.mistake(from.apply(made(PreactivationOperation::inaccurate)))
                        .under("nonlinearity", "tanh")));
        return mistakes;
    }

    private static List<Mistake> gradientMistakes() {
        Gradient right = VanillaOperation.plainGradient(Preactivation.LAYER);
        List<Mistake> mistakes = new ArrayList<>(mistakes(VanillaOperation::plainGradient));
        mistakes.addAll(TimeMistakes.backward(unrolling -> VanillaOperation.plainGradient(unrolled(unrolling))));
        mistakes.addAll(GradientMistakes.of(right, List.of("U", "W", "b")));
        mistakes.add(GradientMistakes.lastUpstreamOnly(right));
        mistakes.add(GradientMistakes.recurrentTransposed(right));
        return mistakes;
    }

    private static Preactivation unrolled(Unrolling unrolling) {
        return new Preactivation(Preactivation::step, unrolling);
    }

    private static Preactivation made(VanillaRnn.Cell cell) {
        return new Preactivation(cell, Unrolling.PLAIN);
    }

    private static <R extends Real<R>> Nodes<R> inaccurate(Weights<R> w, Squash tanh, Tensor<R> x, Tensor<R> h) {
        return Preactivation.step(w, InaccurateTanh::tanh, x, h);
    }

    private static <R extends Real<R>> Nodes<R> squashedProduct(Weights<R> w, Squash phi, Tensor<R> x, Tensor<R> h) {
        Tensor<R> next = h.matmul(w.W()).map(phi::of).plus(x.matmul(w.U())).plus(w.b());
        return new Nodes<>(next, next);
    }

    private record Squashed() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Squash phi = Nonlinearity.of(q);
            return Preactivation.LAYER.of(q).changing("h", h -> h.map(phi::of));
        }
    }
}
