package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Claim.holds;

import java.util.LinkedHashMap;
import java.util.Map;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.recurrent.Bidirectional;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Whole;
import org.goldgrad.reference.recurrent.BidirectionalGradient;
import org.goldgrad.reference.recurrent.BidirectionalRnn;
import org.goldgrad.reference.recurrent.Merge;
import org.goldgrad.reference.recurrent.VanillaRnn;

/** {@code recurrent.bidirectional} and its gradient: two plain layers, from both ends of each sequence. */
public final class BidirectionalOperation {
    private static final String SOURCE = "Schuster and Paliwal 1997; IFT6135 (2020), assignment 2, question 6";

    /** Which φ a question is about; the source has the logistic function. */
    static final Convention NONLINEARITY = new Convention(
            "nonlinearity",
            "Nonlinearity φ of both directions: part of the question, which no implementation declares",
            choices("sigmoid", "φ(a) = 1/(1 + e^{-a})", "tanh", "φ(a) = tanh a"),
            SOURCE);

    /** How the two directions become one. */
    static final Convention MERGE = new Convention(
            "merge",
            "How the two directions are merged: part of the question, which no implementation declares",
            merges(),
            "Keras Bidirectional's merge_mode; https://github.com/keras-team/keras/issues/1431");

    /** The declaration of the layer. */
    public static final Operation OPERATION = Operation.named(
                    "recurrent.bidirectional", "Bidirectional recurrent layer")
            .formula("""
                    hf_t = φ(x_t Uf + hf_{t-1} Wf + bf), hf_0 = hf0      hb_t = φ(x_t Ub + hb_{t+1} Wb + bb), hb_{n+1} = hb0
                    n is the sequence's entry in lengths; hf_t, hb_t and merged_t are 0 for t > n
                    merged = hf + hb (merge: sum), (hf + hb)/2 (mean), hf ⊙ hb (product)""")
            .source(SOURCE)
            .input("x", "time,batch,features", Domain.REAL)
            .input("lengths", "batch", new Whole(1, "time", 0))
            .input("hf0", "batch,hidden", Domain.REAL)
            .input("hb0", "batch,hidden", Domain.REAL)
            .input("Uf", "features,hidden", Domain.REAL)
            .input("Ub", "features,hidden", Domain.REAL)
            .input("Wf", "hidden,hidden", Domain.REAL)
            .input("Wb", "hidden,hidden", Domain.REAL)
            .input("bf", "hidden", Domain.REAL)
            .input("bb", "hidden", Domain.REAL)
            .output("hf", "time,batch,hidden")
            .output("hb", "time,batch,hidden")
            .output("merged", "time,batch,hidden")
            .size("time", 1, 4)
            .size("batch", 1, 2)
            .size("features", 1, 2)
            .size("hidden", 1, 2)
            .convention(NONLINEARITY)
            .convention(MERGE)
            .definition(Bidirectional.LAYER)
            .reference(BidirectionalOperation::refer)
            .mistakes(BidirectionalMistakes.ofLayer())
            .claims(
                    holds(
                            "bidirectional-mirror-of-lengths",
                            "running each sequence backwards within its length and exchanging the two directions' weights "
                                    + "and states runs hf and hb backwards and exchanges them",
                            SOURCE,
                            BidirectionalClaims::mirror),
                    holds(
                            "bidirectional-batch-independence",
                            "hf, hb and merged of a sequence are those that it gives alone, however long the others are",
                            SOURCE,
                            SequenceClaims.batchIndependence(() -> BidirectionalOperation.OPERATION)))
            .example("three sequences of up to six steps through a wide layer", VanillaOperation.WIDE)
            .declare();

    /** The declaration of its gradient. */
    public static final Operation GRADIENT = OPERATION
            .gradient("x", "hf0", "hb0", "Uf", "Wf", "bf", "Ub", "Wb", "bb")
            .reference(BidirectionalOperation::referGradient)
            .mistakes(BidirectionalMistakes.ofGradient())
            .claims(holds(
                    "bidirectional-mirror-of-gradients",
                    "running x and all upstream gradients backwards within each length and exchanging the two directions "
                            + "exchanges their gradients and runs dx backwards",
                    SOURCE,
                    BidirectionalClaims::mirrorOfGradients))
            .example("three sequences of up to six steps through a wide layer", VanillaOperation.WIDE)
            .exampleByDefault("fifty steps", VanillaOperation.FIFTY_STEPS)
            .declare();

    private BidirectionalOperation() {}

    private static Map<String, String> choices(String one, String meaning, String other, String otherMeaning) {
        Map<String, String> choices = new LinkedHashMap<>();
        choices.put(one, meaning);
        choices.put(other, otherMeaning);
        return choices;
    }

    private static Map<String, String> merges() {
        Map<String, String> choices = choices("sum", "hf + hb", "mean", "(hf + hb)/2");
        choices.put("product", "hf ⊙ hb");
        return choices;
    }

    private static BidirectionalRnn layer(Inputs in) {
        return BidirectionalRnn.of(direction(in, "f"), direction(in, "b"), MERGE.of(in, Merge.class));
    }

    private static VanillaRnn direction(Inputs in, String side) {
        return VanillaRnn.of(
                Ejml.matrix(in.array("U" + side)),
                Ejml.matrix(in.array("W" + side)),
                Ejml.row(in.array("b" + side)),
                VanillaOperation.activation(in));
    }

    private static Outputs refer(Inputs in) {
        var out = layer(in)
                .forward(
                        Ejml.slices(in.array("x")),
                        Ejml.integers(in.array("lengths")),
                        Ejml.matrix(in.array("hf0")),
                        Ejml.matrix(in.array("hb0")));
        int[] shape = {
            in.array("x").size(0), in.array("hf0").size(0), in.array("hf0").size(1)
        };
        return Outputs.of("hf", Ejml.array(out.hf(), shape))
                .and("hb", Ejml.array(out.hb(), shape))
                .and("merged", Ejml.array(out.merged(), shape));
    }

    private static Outputs referGradient(Inputs in) {
        BidirectionalGradient d = BidirectionalGradient.of(
                layer(in),
                Ejml.slices(in.array("x")),
                Ejml.integers(in.array("lengths")),
                Ejml.matrix(in.array("hf0")),
                Ejml.matrix(in.array("hb0")),
                Ejml.slices(in.array("dhf")),
                Ejml.slices(in.array("dhb")),
                Ejml.slices(in.array("dmerged")));
        return ByInput.of(in)
                .and("x", d.dx())
                .and("hf0", d.dhf0())
                .and("hb0", d.dhb0())
                .and("Uf", d.dUf())
                .and("Ub", d.dUb())
                .and("Wf", d.dWf())
                .and("Wb", d.dWb())
                .and("bf", d.dbf())
                .and("bb", d.dbb())
                .outputs();
    }
}
