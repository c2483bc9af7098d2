package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Claim.refuted;

import java.util.LinkedHashMap;
import java.util.Map;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.recurrent.LowRank;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Operation;
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
            .intermediate("W", "hidden,hidden")
            .output("h", "time,batch,hidden")
            .size("time", 1, 3)
            .size("batch", 1, 2)
            .size("features", 1, 2)
            .size("hidden", 1, 3)
            .size("rank", 1, 3)
            .convention(SCALE)
            .definition(LowRank.LAYER)
            .reference(LowRankOperation::refer)
            .mistakes(LowRankMistakes.ofLayer())
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
            .mistakes(LowRankMistakes.ofGradient())
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
            .exampleByDefault("fifty steps", VanillaOperation.FIFTY_STEPS)
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
                SCALE.of(in, LowRankScale.class));
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
}
