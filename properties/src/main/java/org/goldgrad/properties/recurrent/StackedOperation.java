package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Claim.holds;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.recurrent.Stacked;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.reference.recurrent.StackedRnn;
import org.goldgrad.reference.recurrent.StackedRnnGradient;
import org.goldgrad.reference.recurrent.VanillaRnn;

/** {@code recurrent.stacked} and its gradient: plain recurrent layers on top of each other. */
public final class StackedOperation {
    static final String SOURCE = VanillaOperation.SOURCE + "(k)";

    /** Four layers: what goes wrong in the middle of a stack shows from three layers on (apache/mxnet 18203). */
    static final Map<String, Integer> DEEP = Map.of("time", 4, "batch", 3, "features", 6, "hidden", 5, "above", 3);

    /** The declaration of the stack. */
    public static final Operation OPERATION = Operation.named("recurrent.stacked", "Stacked vanilla recurrent layers")
            .formula("""
                    h¹ = layer(x; h0, U, W, b)      h^{ℓ+1} = layer(h^ℓ; H0_ℓ, UA_ℓ, WA_ℓ, B_ℓ), ℓ = 1 … above
                    h = h^{above+1}      last0 = h¹_T      last = h²_T, h³_T, …
                    layer is recurrent.vanilla with the convention nonlinearity""")
            .source(SOURCE)
            .input("x", "time,batch,features", Domain.REAL)
            .input("h0", "batch,hidden", Domain.REAL)
            .input("U", "features,hidden", Domain.REAL)
            .input("W", "hidden,hidden", Domain.REAL)
            .input("b", "hidden", Domain.REAL)
            .input("H0", "above,batch,hidden", Domain.REAL)
            .input("UA", "above,hidden,hidden", Domain.REAL)
            .input("WA", "above,hidden,hidden", Domain.REAL)
            .input("B", "above,hidden", Domain.REAL)
            .intermediate("below", "above,time,batch,hidden")
            .output("h", "time,batch,hidden")
            .output("last0", "batch,hidden")
            .output("last", "above,batch,hidden")
            .size("time", 1, 3)
            .size("batch", 1, 2)
            .size("features", 1, 2)
            .size("hidden", 1, 3)
            .size("above", 1, 3)
            .convention(VanillaOperation.NONLINEARITY)
            .definition(Stacked.VANILLA)
            .wellPosed(VanillaOperation.smooth(Stacked.VANILLA))
            .reference(StackedOperation::refer)
            .mistakes(StackedMistakes.ofVanilla())
            .claims(
                    holds(
                            "stacked-composition",
                            "the stack gives what its layers give, run one after another",
                            SOURCE,
                            StackedClaims.composition(
                                    () -> StackedOperation.OPERATION, VanillaOperation.OPERATION, Stacked.VANILLA)),
                    holds(
                            "stacked-batch-independence",
                            "each sequence of a batch gives the same result as alone",
                            SOURCE,
                            SequenceClaims.batchIndependence(() -> StackedOperation.OPERATION)))
            .example("three sequences of four steps through four layers", DEEP)
            .declare();

    /** The declaration of its gradient. */
    public static final Operation GRADIENT = OPERATION
            .gradient("x", "h0", "U", "W", "b", "H0", "UA", "WA", "B")
            .reference(StackedOperation::referGradient)
            .mistakes(StackedMistakes.ofVanillaGradient())
            .claims(holds(
                    "stacked-gradient-composition",
                    "dlast = dlast0 = 0: the gradients are those of the layers one after another, from the top: dh of each "
                            + "is dx of the layer above it",
                    SOURCE,
                    StackedClaims.gradientComposition(
                            () -> StackedOperation.GRADIENT,
                            VanillaOperation.OPERATION,
                            VanillaOperation.GRADIENT,
                            Stacked.VANILLA)))
            .example("three sequences of four steps through four layers", DEEP)
            .exampleByDefault("fifty steps", VanillaOperation.FIFTY_STEPS)
            .declare();

    private StackedOperation() {}

    private static StackedRnn stack(Inputs in) {
        List<VanillaRnn> above = new ArrayList<>();
        for (int layer = 0; layer < in.array("H0").size(0); layer++) {
            above.add(VanillaRnn.of(
                    Ejml.slices(in.array("UA")).get(layer),
                    Ejml.slices(in.array("WA")).get(layer),
                    Ejml.rows(in.array("B")).get(layer),
                    VanillaOperation.activation(in)));
        }
        return StackedRnn.of(VanillaOperation.layer(in), above);
    }

    private static Outputs refer(Inputs in) {
        Array H0 = in.array("H0");
        var out = stack(in).forward(Ejml.slices(in.array("x")), Ejml.matrix(in.array("h0")), Ejml.slices(H0));
        return Outputs.of("h", Ejml.array(out.h(), VanillaOperation.states(in)))
                .and("last0", Ejml.array(out.last0(), in.array("h0").shape()))
                .and("last", Ejml.array(out.last(), H0.shape()));
    }

    private static Outputs referGradient(Inputs in) {
        StackedRnnGradient d = StackedRnnGradient.of(
                stack(in),
                Ejml.slices(in.array("x")),
                Ejml.matrix(in.array("h0")),
                Ejml.slices(in.array("H0")),
                Ejml.slices(in.array("dh")),
                Ejml.matrix(in.array("dlast0")),
                Ejml.slices(in.array("dlast")));
        return ByInput.of(in)
                .and("x", d.dx())
                .and("h0", d.dh0())
                .and("U", d.dU())
                .and("W", d.dW())
                .and("b", d.db())
                .and("H0", d.dH0())
                .and("UA", d.dUA())
                .and("WA", d.dWA())
                .and("B", d.dB())
                .outputs();
    }
}
