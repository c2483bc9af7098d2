package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Claim.holds;

import java.util.LinkedHashMap;
import java.util.Map;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.recurrent.Gru;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.reference.recurrent.GruGateOrder;
import org.goldgrad.reference.recurrent.GruGradient;
import org.goldgrad.reference.recurrent.GruReset;
import org.goldgrad.reference.recurrent.GruUpdate;

/** {@code recurrent.gru} and {@code recurrent.gru.gradient}: gated recurrent units. */
public final class GruOperation {
    private static final String SOURCE = "Cho et al. 2014";

    /** Which gate stands where in the packed weights. */
    static final Convention GATE_ORDER = new Convention(
            "gate_order",
            "Order of the gates in packed weights",
            choices("rzn", "reset, update, candidate: PyTorch", "zrn", "update, reset, candidate: Keras, ONNX"),
            "Keras gru.py; PyTorch GRU documentation; ONNX GRU documentation");

    /** Whether the state is reset before or after its product with the candidate's weights. */
    static final Convention RESET = new Convention(
            "reset",
            "Place of the reset gate",
            choices(
                    "after",
                    "n = tanh(x U^n + b^n + r ⊙ (h W^n + d^n)): PyTorch, cuDNN, Keras by default, ONNX with "
                            + "linear_before_reset = 1, Burn by default",
                    "before",
                    "n = tanh(x U^n + b^n + (r ⊙ h) W^n + d^n): the paper, TensorFlow 1, ONNX by default, Keras with "
                            + "reset_after = False"),
            "PyTorch GRU documentation; Keras gru.py; https://github.com/microsoft/onnxscript/issues/2852; "
                    + "https://github.com/tracel-ai/burn/pull/2704; https://github.com/root-project/root/pull/5367; "
                    + "Burn documentation; Arraymancer 228");

    /** What the update gate says. */
    static final Convention UPDATE = new Convention(
            "update",
            "Meaning of the update gate",
            choices(
                    "keep",
                    "h' = (1 - z) ⊙ n + z ⊙ h: PyTorch, Keras, Cho et al. 2014",
                    "replace",
                    "h' = z ⊙ n + (1 - z) ⊙ h: Chung et al. 2014, CNTK, GRU-D"),
            "https://github.com/pytorch/pytorch/issues/20129; https://github.com/keras-team/keras/issues/785; CNTK 3292");

    /** The declaration of the layer. */
    public static final Operation OPERATION = Operation.named("recurrent.gru", "GRU layer")
            .formula("""
                    r, z = sigmoid(x_t U^• + b^• + h_{t-1} W^• + d^•)
                    n = tanh(x_t U^n + b^n + r ⊙ (h_{t-1} W^n + d^n))     reset: after
                    n = tanh(x_t U^n + b^n + (r ⊙ h_{t-1}) W^n + d^n)     reset: before
                    h_t = (1 - z) ⊙ n + z ⊙ h_{t-1}     update: keep      h_t = z ⊙ n + (1 - z) ⊙ h_{t-1}     update: replace
                    the axis of length 3 of U, W, b and d holds the gates in the order of the convention gate_order""")
            .source(SOURCE + "; Chung et al. 2014")
            .input("x", "time,batch,features", Domain.REAL)
            .input("h0", "batch,hidden", Domain.REAL)
            .input("U", "features,3,hidden", Domain.REAL)
            .input("W", "hidden,3,hidden", Domain.REAL)
            .input("b", "3,hidden", Domain.REAL)
            .input("d", "3,hidden", Domain.REAL)
            .intermediate("r", "time,batch,hidden")
            .intermediate("z", "time,batch,hidden")
            .intermediate("n", "time,batch,hidden")
            .output("h", "time,batch,hidden")
            .size("time", 1, 3)
            .size("batch", 1, 3)
            .size("features", 1, 2)
            .size("hidden", 1, 3)
            .convention(GATE_ORDER)
            .convention(RESET)
            .convention(UPDATE)
            .definition(Gru.LAYER)
            .reference(GruOperation::refer)
            .mistakes(GruMistakes.ofLayer())
            .claims(
                    holds(
                            "gru-bounded",
                            "|h_t| ≤ max(1, |h_0|), unit by unit",
                            "h_t is a mean of h_{t-1} and something in [-1, 1]",
                            GruClaims::bounded),
                    holds(
                            "gru-update-mirror",
                            "update=replace is update=keep with the update gate's weights and biases negated",
                            "https://github.com/pytorch/pytorch/issues/20129",
                            GruClaims::updateMirror),
                    holds(
                            "gru-reset-placement",
                            "where r = 1 it does not matter whether the reset comes before or after the product",
                            "https://github.com/microsoft/onnxscript/issues/2852",
                            GruClaims::resetPlacement),
                    holds(
                            "gru-causality",
                            "the layer on a prefix of x gives the prefix of h; changing x_s changes no h_t with t < s",
                            SOURCE,
                            SequenceClaims.causality(() -> GruOperation.OPERATION)),
                    holds(
                            "gru-batch-independence",
                            "each sequence of a batch gives the same result as alone",
                            "https://github.com/microsoft/onnxruntime/pull/3893",
                            SequenceClaims.batchIndependence(() -> GruOperation.OPERATION)))
            .example("three sequences of six steps through a wide layer", VanillaOperation.WIDE)
            .declare();

    /** The declaration of its gradient. */
    public static final Operation GRADIENT = OPERATION
            .gradient("x", "h0", "U", "W", "b", "d")
            .reference(GruOperation::referGradient)
            .mistakes(GruMistakes.ofGradient())
            .claims(holds(
                    "gru-passes-gradient",
                    "where z says to keep everything, dh0 = Σ dh_t: no step changes the gradient",
                    SOURCE,
                    GruClaims::passesGradient))
            .example("three sequences of six steps through a wide layer", VanillaOperation.WIDE)
            .exampleByDefault("fifty steps", VanillaOperation.FIFTY_STEPS)
            .declare();

    private GruOperation() {}

    private static Map<String, String> choices(String one, String meaning, String other, String otherMeaning) {
        Map<String, String> choices = new LinkedHashMap<>();
        choices.put(one, meaning);
        choices.put(other, otherMeaning);
        return choices;
    }

    private static org.goldgrad.reference.recurrent.Gru layer(Inputs in) {
        return org.goldgrad.reference.recurrent.Gru.of(
                Ejml.packed(in.array("U")),
                Ejml.packed(in.array("W")),
                Ejml.row(in.array("b")),
                Ejml.row(in.array("d")),
                GATE_ORDER.of(in, GruGateOrder.class),
                RESET.of(in, GruReset.class),
                UPDATE.of(in, GruUpdate.class));
    }

    private static Outputs refer(Inputs in) {
        var h = layer(in).forward(Ejml.slices(in.array("x")), Ejml.matrix(in.array("h0")));
        return Outputs.of("h", Ejml.array(h, VanillaOperation.states(in)));
    }

    private static Outputs referGradient(Inputs in) {
        GruGradient d = GruGradient.of(
                layer(in), Ejml.slices(in.array("x")), Ejml.matrix(in.array("h0")), Ejml.slices(in.array("dh")));
        return ByInput.of(in)
                .and("x", d.dx())
                .and("h0", d.dh0())
                .and("U", d.dU())
                .and("W", d.dW())
                .and("b", d.db())
                .and("d", d.dd())
                .outputs();
    }
}
