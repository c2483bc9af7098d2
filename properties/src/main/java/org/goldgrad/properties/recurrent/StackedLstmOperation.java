package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Claim.holds;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.recurrent.Stacked;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.reference.recurrent.GateOrder;
import org.goldgrad.reference.recurrent.Lstm;
import org.goldgrad.reference.recurrent.StackedLstm;
import org.goldgrad.reference.recurrent.StackedLstmGradient;

/** {@code recurrent.lstm.stacked} and its gradient: LSTM layers on top of each other. */
public final class StackedLstmOperation {
    private static final Map<String, Integer> DEEP =
            Map.of("time", 5, "batch", 2, "features", 4, "hidden", 2, "above", 3);

    /** The declaration of the stack. */
    public static final Operation OPERATION = Operation.named("recurrent.lstm.stacked", "Stacked LSTM layers")
            .formula("""
                    h¹ = layer(x; h0, c0, U, W, b)      h^{ℓ+1} = layer(h^ℓ; H0_ℓ, C0_ℓ, UA_ℓ, WA_ℓ, B_ℓ), ℓ = 1 … above
                    h = h^{above+1}      layer is recurrent.lstm with the convention gate_order""")
            .source(StackedOperation.SOURCE)
            .input("x", "time,batch,features", Domain.REAL)
            .input("h0", "batch,hidden", Domain.REAL)
            .input("c0", "batch,hidden", Domain.REAL)
            .input("U", "features,4,hidden", Domain.REAL)
            .input("W", "hidden,4,hidden", Domain.REAL)
            .input("b", "4,hidden", Domain.REAL)
            .input("H0", "above,batch,hidden", Domain.REAL)
            .input("C0", "above,batch,hidden", Domain.REAL)
            .input("UA", "above,hidden,4,hidden", Domain.REAL)
            .input("WA", "above,hidden,4,hidden", Domain.REAL)
            .input("B", "above,4,hidden", Domain.REAL)
            .intermediate("below", "above,time,batch,hidden")
            .output("h", "time,batch,hidden")
            .size("time", 1, 3)
            .size("batch", 1, 2)
            .size("features", 1, 2)
            .size("hidden", 1, 2)
            .size("above", 1, 3)
            .convention(LstmOperation.GATE_ORDER)
            .definition(Stacked.LSTM)
            .reference(StackedLstmOperation::refer)
            .mistakes(StackedMistakes.ofLstm())
            .claims(holds(
                    "lstm-stacked-composition",
                    "the stack gives what its layers give, run one after another",
                    StackedOperation.SOURCE,
                    StackedClaims.composition(
                            () -> StackedLstmOperation.OPERATION, LstmOperation.OPERATION, Stacked.LSTM)))
            .example("two sequences of five steps through four layers", DEEP)
            .declare();

    /** The declaration of its gradient. */
    public static final Operation GRADIENT = OPERATION
            .gradient("x", "h0", "c0", "U", "W", "b", "H0", "C0", "UA", "WA", "B")
            .reference(StackedLstmOperation::referGradient)
            .mistakes(StackedMistakes.ofLstmGradient())
            .claims(holds(
                    "lstm-stacked-gradient-composition",
                    "the gradients are those of the layers one after another, from the top: dh of each is dx of the layer "
                            + "above it",
                    StackedOperation.SOURCE,
                    StackedClaims.gradientComposition(
                            () -> StackedLstmOperation.GRADIENT,
                            LstmOperation.OPERATION,
                            LstmOperation.GRADIENT,
                            Stacked.LSTM)))
            .example("two sequences of five steps through four layers", DEEP)
            .exampleByDefault("fifty steps", VanillaOperation.FIFTY_STEPS)
            .declare();

    private StackedLstmOperation() {}

    private static StackedLstm stack(Inputs in) {
        GateOrder order = LstmOperation.GATE_ORDER.of(in, GateOrder.class);
        List<Lstm> above = new ArrayList<>();
        for (int layer = 0; layer < in.array("H0").size(0); layer++) {
            above.add(Lstm.of(
                    Ejml.packedSlices(in.array("UA")).get(layer),
                    Ejml.packedSlices(in.array("WA")).get(layer),
                    Ejml.rows(in.array("B")).get(layer),
                    order));
        }
        return StackedLstm.of(LstmOperation.layer(in), above);
    }

    private static Outputs refer(Inputs in) {
        var h = stack(in)
                .forward(
                        Ejml.slices(in.array("x")),
                        Ejml.matrix(in.array("h0")),
                        Ejml.matrix(in.array("c0")),
                        Ejml.slices(in.array("H0")),
                        Ejml.slices(in.array("C0")));
        return Outputs.of("h", Ejml.array(h, VanillaOperation.states(in)));
    }

    private static Outputs referGradient(Inputs in) {
        StackedLstmGradient d = StackedLstmGradient.of(
                stack(in),
                Ejml.slices(in.array("x")),
                Ejml.matrix(in.array("h0")),
                Ejml.matrix(in.array("c0")),
                Ejml.slices(in.array("H0")),
                Ejml.slices(in.array("C0")),
                Ejml.slices(in.array("dh")));
        return ByInput.of(in)
                .and("x", d.dx())
                .and("h0", d.dh0())
                .and("c0", d.dc0())
                .and("U", d.dU())
                .and("W", d.dW())
                .and("b", d.db())
                .and("H0", d.dH0())
                .and("C0", d.dC0())
                .and("UA", d.dUA())
                .and("WA", d.dWA())
                .and("B", d.dB())
                .outputs();
    }
}
