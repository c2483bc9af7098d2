package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Claim.refuted;
import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.recurrent.LowRank;
import org.goldgrad.analytic.recurrent.Unrolling;
import org.goldgrad.analytic.recurrent.VanillaRnn;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Twist;
import org.goldgrad.reference.recurrent.LowRankGradient;
import org.goldgrad.reference.recurrent.LowRankRnn;
import org.goldgrad.reference.recurrent.LowRankScale;

/** {@code recurrent.low_rank} and its gradient: fixed random recurrent weights and a trained part of low rank. */
public final class LowRankOperation {
    private static final String SOURCE = "a conversation on training a network of random and weak low-rank weights";
    private static final Map<String, Integer> WIDE =
            Map.of("time", 6, "batch", 3, "features", 7, "hidden", 5, "rank", 2);

    /** How weak the part of low rank is made. */
    static final Convention SCALE = new Convention(
            "scale",
            "Factor of the low-rank part: part of the question, which no implementation declares",
            scales(),
            SOURCE);

    /** The declaration of the layer. */
    public static final Operation OPERATION = Operation.named(
                    "recurrent.low_rank", "Recurrent layer with random and low-rank weights")
            .formula("""
                    W = R + s P Qᵀ      s = alpha (scale: alpha) or 1/rank (one_over_k)
                    h_t = tanh(x_t U + h_{t-1} W + b)      h_0 = h0
                    R stays as it is; the source calls P and Q U and V""")
            .source(SOURCE)
            .input("x", "time,batch,features", Domain.REAL)
            .input("h0", "batch,hidden", Domain.REAL)
            .input("U", "features,hidden", Domain.REAL)
            .input("R", "hidden,hidden", Domain.REAL)
            .input("P", "hidden,rank", Domain.REAL)
            .input("Q", "hidden,rank", Domain.REAL)
            .input("b", "hidden", Domain.REAL)
            .setting("alpha", "", Domain.POSITIVE)
            .output("h", "time,batch,hidden")
            .size("time", 1, 3)
            .size("batch", 1, 2)
            .size("features", 1, 2)
            .size("hidden", 1, 3)
            .size("rank", 1, 3)
            .convention(SCALE)
            .definition(LowRank.LAYER)
            .reference(LowRankOperation::refer)
            .mistakes(mistakes(UnaryOperator.identity()))
            .claims(
                    holds(
                            "low-rank-gauge",
                            "(P, Q) → (P M, Q M^{-T}) changes no output, M invertible",
                            SOURCE,
                            LowRankClaims::gauge),
                    holds(
                            "low-rank-causality",
                            "the layer on a prefix of x gives the prefix of h; changing x_s changes no h_t with t < s",
                            SOURCE,
                            SequenceClaims.causality(() -> LowRankOperation.OPERATION)))
            .example("three sequences of six steps through a wide layer", WIDE)
            .declare();

    /** The declaration of its gradient. */
    public static final Operation GRADIENT = OPERATION
            .gradient("x", "h0", "U", "P", "Q", "b")
            .reference(LowRankOperation::referGradient)
            .mistakes(gradientMistakes())
            .claims(
                    holds(
                            "low-rank-rank",
                            "rank(W - R) ≤ rank after any number of gradient steps on P and Q, where W is what the layer "
                                    + "sends gradients back through",
                            SOURCE,
                            LowRankGradientClaims::rank),
                    holds(
                            "low-rank-balance",
                            "Pᵀ dP = dQᵀ Q; so a step of size η changes PᵀP - QᵀQ by exactly η²(dPᵀdP - dQᵀdQ)",
                            SOURCE,
                            LowRankGradientClaims::balance),
                    refuted(
                            "one-over-k",
                            "multiplying by 1/K makes the low-rank part scale as 1/K: its entries are at most "
                                    + "max|P| max|Q| / K",
                            SOURCE,
                            "each entry is a sum of K products: it is at most max|P| max|Q|, and with independent factor "
                                    + "entries of mean 0 and variance 1 its variance is 1/K, so its typical size 1/√K",
                            LowRankGradientClaims::oneOverK),
                    holds(
                            "alpha-weak",
                            "‖s P Qᵀ‖₂ ≤ s ‖P‖₂ ‖Q‖₂, and ‖s P Qᵀ‖ ≤ s ‖P‖ ‖Q‖ in the Frobenius norm: with P and Q projected "
                                    + "to norm 1 the part never exceeds s",
                            SOURCE,
                            LowRankGradientClaims::weak))
            .example("three sequences of six steps through a wide layer", WIDE)
            .declare();

    private LowRankOperation() {}

    private static Map<String, String> scales() {
        Map<String, String> choices = new LinkedHashMap<>();
        choices.put("alpha", "s = alpha");
        choices.put("one_over_k", "s = 1/rank");
        return choices;
    }

    private static LowRankRnn layer(Inputs in) {
        return LowRankRnn.of(
                Ejml.matrix(in.array("U")),
                Ejml.matrix(in.array("R")),
                Ejml.matrix(in.array("P")),
                Ejml.matrix(in.array("Q")),
                Ejml.row(in.array("b")),
                in.scalar("alpha"),
                LowRankScale.valueOf(in.convention("scale").toUpperCase(Locale.ROOT)));
    }

    private static Outputs refer(Inputs in) {
        var h = layer(in).forward(Ejml.slices(in.array("x")), Ejml.matrix(in.array("h0")));
        return Outputs.of("h", Ejml.array(h, VanillaOperation.states(in)));
    }

    private static Outputs referGradient(Inputs in) {
        LowRankGradient d = LowRankGradient.of(
                layer(in), Ejml.slices(in.array("x")), Ejml.matrix(in.array("h0")), Ejml.slices(in.array("dh")));
        return ByInput.of(in)
                .and("x", d.dx())
                .and("h0", d.dh0())
                .and("U", d.dU())
                .and("P", d.dP())
                .and("Q", d.dQ())
                .and("b", d.db())
                .outputs();
    }

    /** The layer's mistakes, each made by a definition derived from the wrong layer. */
    private static List<Mistake> mistakes(UnaryOperator<Definition> from) {
        List<Mistake> mistakes = new ArrayList<>(TimeMistakes.forward(unrolling -> from.apply(unrolled(unrolling))));
        mistakes.addAll(ArgumentMistakes.of(LowRank.LAYER, from, "h0", "b"));
        mistakes.addAll(List.of(
                mistake(
                        "recurrent-weights-transposed",
                        "multiplies by the transposed recurrent weights",
                        "h_{t-1} Wᵀ in place of h_{t-1} W",
                        from.apply(made(LowRankOperation::transposed))),
                mistake(
                        "factors-exchanged",
                        "multiplies the factors the wrong way round",
                        "R + s Q Pᵀ in place of R + s P Qᵀ",
                        from.apply(Twist.swapped(LowRank.LAYER, "P", "Q"))),
                mistake(
                        "unscaled",
                        "forgets to scale the low-rank part",
                        "R + P Qᵀ",
                        from.apply(made(LowRankOperation::unscaled))),
                mistake(
                        "scales-everything",
                        "scales the random part, too",
                        "s (R + P Qᵀ)",
                        from.apply(made(LowRankOperation::allScaled))),
                mistake(
                        "scales-both-factors",
                        "scales each factor, and so the product twice",
                        "R + s² P Qᵀ",
                        from.apply(made(LowRankOperation::scaledTwice))),
                mistake(
                                "one-over-root-k",
                                "divides by the root of the rank",
                                "s = 1/√rank in place of 1/rank",
                                from.apply(made(LowRankOperation::overRoot)))
                        .under("scale", "one_over_k"),
                mistake(
                        "random-part-forgotten",
                        "leaves out the random part",
                        "W = s P Qᵀ",
                        from.apply(Twist.input(LowRank.LAYER, "R", Twist.zero())))));
        return mistakes;
    }

    private static List<Mistake> gradientMistakes() {
        Gradient right = gradient(LowRank.LAYER);
        List<Mistake> mistakes = new ArrayList<>(mistakes(LowRankOperation::gradient));
        mistakes.addAll(TimeMistakes.backward(unrolling -> gradient(unrolled(unrolling))));
        mistakes.addAll(GradientMistakes.of(right, List.of("U", "P", "Q", "b")));
        mistakes.add(GradientMistakes.lastUpstreamOnly(right));
        mistakes.add(mistake(
                "factor-gradients-unscaled",
                "forgets the scale in the gradients of the factors",
                "dP = dW Q in place of s dW Q",
                gradient(made(LowRankOperation::unscaledBackwards))));
        mistakes.add(mistake(
                "one-factor-held-constant",
                "treats Q as a constant",
                "dQ = 0",
                Twist.output(right, "dQ", Twist.zero())));
        return mistakes;
    }

    private static Gradient gradient(Definition layer) {
        return new Gradient(layer, List.of("x", "h0", "U", "P", "Q", "b"));
    }

    private static LowRank unrolled(Unrolling unrolling) {
        return new LowRank(LowRank::recurrent, VanillaMistakes.unrolled(unrolling));
    }

    private static LowRank made(LowRank.Recurrent weights) {
        return new LowRank(weights, VanillaRnn.LAYER);
    }

    private static <R extends Real<R>> Tensor<R> transposed(Question<R> q) {
        return LowRank.recurrent(q).transpose();
    }

    private static <R extends Real<R>> Tensor<R> unscaled(Question<R> q) {
        return q.tensor("R").plus(LowRank.part(q));
    }

    private static <R extends Real<R>> Tensor<R> allScaled(Question<R> q) {
        return unscaled(q).times(LowRank.scale(q));
    }

    private static <R extends Real<R>> Tensor<R> scaledTwice(Question<R> q) {
        return q.tensor("R").plus(LowRank.part(q).times(LowRank.scale(q).square()));
    }

    private static <R extends Real<R>> Tensor<R> overRoot(Question<R> q) {
        return q.tensor("R").plus(LowRank.part(q).times(LowRank.scale(q).sqrt()));
    }

    /** The right weights; P Qᵀ in place of s P Qᵀ in what P and Q get of the gradient. */
    private static <R extends Real<R>> Tensor<R> unscaledBackwards(Question<R> q) {
        Tensor<R> part = LowRank.part(q);
        Tensor<R> nothing = part.minus(part.map(R::detach));
        return LowRank.recurrent(q).map(R::detach).plus(nothing);
    }
}
