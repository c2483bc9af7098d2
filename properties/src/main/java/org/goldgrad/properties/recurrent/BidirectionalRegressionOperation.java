package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Claim.refuted;

import java.util.Map;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.reference.recurrent.BidirectionalRegression;
import org.goldgrad.reference.recurrent.BidirectionalRegressionGradient;

/** {@code recurrent.bidirectional.regression} and its gradient: the network of an assignment, and its squared error. */
public final class BidirectionalRegressionOperation {
    private static final String SOURCE = "IFT6135 (2020), assignment 2, question 6";
    private static final Definition NETWORK = org.goldgrad.analytic.recurrent.BidirectionalRegression.NETWORK;
    private static final Map<String, Integer> WIDE =
            Map.of("time", 6, "batch", 3, "features", 7, "hidden", 5, "outputs", 4);

    /** The declaration of the network. */
    public static final Operation OPERATION = Operation.named(
                    "recurrent.bidirectional.regression", "Bidirectional recurrent regression")
            .formula("""
                    hf_t = σ(x_t Uf + hf_{t-1} Wf), hf_0 = 0      hb_t = σ(x_t Ub + hb_{t+1} Wb), hb_{T+1} = 0
                    y_t = hf_t Vf + hb_t Vb      loss = Σ_t ‖z_t - y_t‖²      σ logistic
                    the source calls the matrices on x W and those on h U""")
            .source(SOURCE)
            .input("x", "time,batch,features", Domain.REAL)
            .input("Uf", "features,hidden", Domain.REAL)
            .input("Wf", "hidden,hidden", Domain.REAL)
            .input("Ub", "features,hidden", Domain.REAL)
            .input("Wb", "hidden,hidden", Domain.REAL)
            .input("Vf", "hidden,outputs", Domain.REAL)
            .input("Vb", "hidden,outputs", Domain.REAL)
            .input("z", "time,batch,outputs", Domain.REAL)
            .intermediate("hf", "time,batch,hidden")
            .intermediate("hb", "time,batch,hidden")
            .output("y", "time,batch,outputs")
            .output("loss", "")
            .size("time", 1, 4)
            .size("batch", 1, 2)
            .size("features", 1, 2)
            .size("hidden", 1, 3)
            .size("outputs", 1, 3)
            .definition(NETWORK)
            .reference(BidirectionalRegressionOperation::refer)
            .mistakes(BidirectionalRegressionMistakes.ofNetwork())
            .claims(
                    holds(
                            "bidirectional-mirror",
                            "running x and z backwards and exchanging Uf, Wf, Vf with Ub, Wb, Vb runs y backwards and keeps "
                                    + "the loss",
                            SOURCE,
                            BidirectionalRegressionClaims::mirror),
                    refuted(
                            "bidirectional-causality",
                            "changing x_s changes no y_t with t < s",
                            "true of every layer that runs forwards only",
                            "the direction backwards carries x_s to all steps before it: y_t depends on the whole sequence",
                            BidirectionalRegressionClaims::causality))
            .example("three sequences of six steps through a wide layer", WIDE)
            .declare();

    /** The declaration of its gradient. */
    public static final Operation GRADIENT = OPERATION
            .gradient("x", "Uf", "Wf", "Ub", "Wb", "Vf", "Vb")
            .reference(BidirectionalRegressionOperation::referGradient)
            .mistakes(BidirectionalRegressionMistakes.ofGradient())
            .claims(holds(
                    "bidirectional-recursion",
                    "with dy = 0 and dloss = 1: ∇_{hf_t} L = 2(y_t - z_t) Vfᵀ + (∇_{hf_{t+1}} L ⊙ hf_{t+1}(1 - hf_{t+1})) Wfᵀ, "
                            + "likewise for hb from t - 1, dUf = Σ x_tᵀ (∇_{hf_t} L ⊙ hf_t(1 - hf_t)) and "
                            + "dWb = Σ (hb_{t+1})ᵀ (∇_{hb_t} L ⊙ hb_t(1 - hb_t))",
                    SOURCE + ".2 and 6.3",
                    BidirectionalRegressionClaims::recursion))
            .example("three sequences of six steps through a wide layer", WIDE)
            .exampleByDefault("fifty steps", VanillaOperation.FIFTY_STEPS)
            .declare();

    private BidirectionalRegressionOperation() {}

    private static BidirectionalRegression network(Inputs in) {
        return BidirectionalRegression.of(
                Ejml.matrix(in.array("Uf")),
                Ejml.matrix(in.array("Wf")),
                Ejml.matrix(in.array("Ub")),
                Ejml.matrix(in.array("Wb")),
                Ejml.matrix(in.array("Vf")),
                Ejml.matrix(in.array("Vb")));
    }

    private static Outputs refer(Inputs in) {
        var out = network(in).forward(Ejml.slices(in.array("x")), Ejml.slices(in.array("z")));
        return Outputs.of("y", Ejml.array(out.y(), in.array("z").shape())).and("loss", Array.scalar(out.loss()));
    }

    private static Outputs referGradient(Inputs in) {
        BidirectionalRegressionGradient d = BidirectionalRegressionGradient.of(
                network(in),
                Ejml.slices(in.array("x")),
                Ejml.slices(in.array("z")),
                Ejml.slices(in.array("dy")),
                in.scalar("dloss"));
        return ByInput.of(in)
                .and("x", d.dx())
                .and("Uf", d.dUf())
                .and("Wf", d.dWf())
                .and("Ub", d.dUb())
                .and("Wb", d.dWb())
                .and("Vf", d.dVf())
                .and("Vb", d.dVb())
                .outputs();
    }
}
