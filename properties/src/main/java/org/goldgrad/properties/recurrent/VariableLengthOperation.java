package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Claim.holds;

import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.recurrent.VariableLength;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Whole;
import org.goldgrad.reference.recurrent.VariableLengthRnn;
import org.goldgrad.reference.recurrent.VariableLengthRnnGradient;

/** {@code recurrent.variable_length} and its gradient: padded sequences, each with a length of its own. */
public final class VariableLengthOperation {
    private static final String SOURCE = "https://github.com/keras-team/keras/issues/1300";

    /** The layer has no convention for its nonlinearity: it is tanh. */
    static final Definition LAYER = new Tanh(VariableLength.LAYER);

    /** The declaration of the layer. */
    public static final Operation OPERATION = Operation.named(
                    "recurrent.variable_length", "Recurrent layer over sequences of different lengths")
            .formula("""
                    h_t = tanh(x_t U + h_{t-1} W + b) for t ≤ n, h_t = 0 for t > n      last = h_n
                    n is the sequence's entry in lengths; what x holds after it is padding""")
            .source(SOURCE)
            .input("x", "time,batch,features", Domain.REAL)
            .input("lengths", "batch", new Whole(1, "time", 0))
            .input("h0", "batch,hidden", Domain.REAL)
            .input("U", "features,hidden", Domain.REAL)
            .input("W", "hidden,hidden", Domain.REAL)
            .input("b", "hidden", Domain.REAL)
            .output("h", "time,batch,hidden")
            .output("last", "batch,hidden")
            .size("time", 1, 4)
            .size("batch", 1, 3)
            .size("features", 1, 2)
            .size("hidden", 1, 3)
            .definition(LAYER)
            .reference(VariableLengthOperation::refer)
            .mistakes(VariableLengthMistakes.ofLayer())
            .claims(
                    holds(
                            "padding-changes-nothing",
                            "whatever x holds after a sequence's end, h and last stay the same",
                            SOURCE,
                            VariableLengthClaims::padding),
                    holds(
                            "lengths-as-if-alone",
                            "each sequence gives what recurrent.vanilla gives for its first n steps alone, and last its h_n",
                            SOURCE,
                            VariableLengthClaims::alone))
            .example("three sequences of up to six steps through a wide layer", VanillaOperation.WIDE)
            .declare();

    /** The declaration of its gradient. */
    public static final Operation GRADIENT = OPERATION
            .gradient("x", "h0", "U", "W", "b")
            .reference(VariableLengthOperation::referGradient)
            .mistakes(VariableLengthMistakes.ofGradient())
            .claims(
                    holds(
                            "padding-gets-no-gradient",
                            "dx is 0 after a sequence's end, and dh there changes nothing",
                            SOURCE,
                            VariableLengthClaims::paddingGradient),
                    holds(
                            "last-is-the-state-at-the-end",
                            "dlast has the same effect as if it were added to dh_n",
                            SOURCE,
                            VariableLengthClaims::lastAtEnd))
            .example("three sequences of up to six steps through a wide layer", VanillaOperation.WIDE)
            .exampleByDefault("fifty steps", VanillaOperation.FIFTY_STEPS)
            .declare();

    private VariableLengthOperation() {}

    private static VariableLengthRnn layer(Inputs in) {
        return VariableLengthRnn.of(Ejml.matrix(in.array("U")), Ejml.matrix(in.array("W")), Ejml.row(in.array("b")));
    }

    private static Outputs refer(Inputs in) {
        var out = layer(in)
                .forward(Ejml.slices(in.array("x")), Ejml.integers(in.array("lengths")), Ejml.matrix(in.array("h0")));
        return Outputs.of("h", Ejml.array(out.h(), VanillaOperation.states(in)))
                .and("last", Ejml.array(out.last(), in.array("h0").shape()));
    }

    private static Outputs referGradient(Inputs in) {
        VariableLengthRnnGradient d = VariableLengthRnnGradient.of(
                layer(in),
                Ejml.slices(in.array("x")),
                Ejml.integers(in.array("lengths")),
                Ejml.matrix(in.array("h0")),
                Ejml.slices(in.array("dh")),
                Ejml.matrix(in.array("dlast")));
        return ByInput.of(in)
                .and("x", d.dx())
                .and("h0", d.dh0())
                .and("U", d.dU())
                .and("W", d.dW())
                .and("b", d.db())
                .outputs();
    }
}
