package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Claim.holds;

import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.oracle.Smooth;
import org.goldgrad.analytic.recurrent.GradientFlow;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.reference.recurrent.LstmGradientFlow;

/**
 * {@code recurrent.gradient_flow} and {@code recurrent.lstm.gradient_flow}: how large the gradient is at every hidden
 * state.
 */
public final class GradientFlowOperation {
    private static final String SOURCE = VanillaOperation.SOURCE + "(d–i)";

    /** The declaration for the plain layer. */
    public static final Operation OPERATION = Operation.named("recurrent.gradient_flow", "Gradient norms over time")
            .formula("""
                    h_t = φ(x_t U + h_{t-1} W + b)      ŷ_t = h_t F + f      loss = mean of (ŷ_t - z_t)² over the targets
                    norms_t = ‖∂loss/∂h_t‖      bound_t = Σ_{k≥t} (γ‖W‖)^{k-t} ‖∂L_k/∂h_k‖      Frobenius norms, ‖W‖ = √λ₁(WᵀW)
                    L_k is the part of the loss that sees h_k directly; γ = 1, for sigmoid 1/4""")
            .source(SOURCE)
            .input("x", "time,batch,features", Domain.REAL)
            .input("h0", "batch,hidden", Domain.REAL)
            .input("U", "features,hidden", Domain.REAL)
            .input("W", "hidden,hidden", Domain.REAL)
            .input("b", "hidden", Domain.REAL)
            .input("F", "hidden,outputs", Domain.REAL)
            .input("f", "outputs", Domain.REAL)
            .input("z", "time,batch,outputs", Domain.REAL)
            .backwards()
            .intermediate("Gamma", "time,batch,hidden")
            .output("norms", "time")
            .output("bound", "time")
            .size("time", 1, 4)
            .size("batch", 1, 2)
            .size("features", 1, 2)
            .size("hidden", 1, 3)
            .size("outputs", 1, 3)
            .convention(VanillaOperation.NONLINEARITY)
            .convention(RegressionOperation.TARGETS)
            .definition(GradientFlow.VANILLA)
            .wellPosed(in -> Smooth.at(GradientFlow.VANILLA, in))
            .reference(GradientFlowOperation::refer)
            .mistakes(GradientFlowMistakes.ofVanilla())
            .claims(
                    holds(
                            "linear-gradient-flow",
                            "φ = identity, last target only: norms_t = ‖(2/N)(ŷ_T - z_T) Fᵀ (Wᵀ)^{T-t}‖",
                            VanillaOperation.SOURCE + "(e)",
                            GradientFlowClaims::linear),
                    holds(
                            "flow-within-its-bound",
                            "norms_t ≤ bound_t for every t, φ and choice of targets",
                            "IFT6135 (2020), assignment 2, question 5.2",
                            GradientFlowClaims::bounded))
            .example("three sequences of six steps through a wide layer", RegressionOperation.WIDE)
            .example("thirty steps, spectral radius 3/4", Circulation.of(0.75, 1))
            .example("thirty steps, spectral radius 1", Circulation.of(1, 1))
            .example("thirty steps, spectral radius 5/4", Circulation.of(1.25, 1))
            .declare();

    /** The declaration for long short-term memory. */
    public static final Operation LSTM = Operation.named(
                    "recurrent.lstm.gradient_flow", "LSTM gradient norms over time")
            .formula("""
                    h as of recurrent.lstm      ŷ_t = h_t F + f      loss = mean of (ŷ_t - z_t)² over the targets
                    norms_t = ‖∂loss/∂h_t‖, Frobenius: everything that the loss gets through the output h_t of step t""")
            .source(SOURCE)
            .input("x", "time,batch,features", Domain.REAL)
            .input("h0", "batch,hidden", Domain.REAL)
            .input("c0", "batch,hidden", Domain.REAL)
            .input("U", "features,4,hidden", Domain.REAL)
            .input("W", "hidden,4,hidden", Domain.REAL)
            .input("b", "4,hidden", Domain.REAL)
            .input("F", "hidden,outputs", Domain.REAL)
            .input("f", "outputs", Domain.REAL)
            .input("z", "time,batch,outputs", Domain.REAL)
            .backwards()
            .intermediate("Gamma", "time,batch,hidden")
            .output("norms", "time")
            .size("time", 1, 3)
            .size("batch", 1, 2)
            .size("features", 1, 2)
            .size("hidden", 1, 2)
            .size("outputs", 1, 2)
            .convention(LstmOperation.GATE_ORDER)
            .convention(RegressionOperation.TARGETS)
            .definition(GradientFlow.LSTM)
            .wellPosed(in -> Smooth.at(GradientFlow.LSTM, in))
            .reference(GradientFlowOperation::referLstm)
            .mistakes(GradientFlowMistakes.ofLstm())
            .claims(
                    holds(
                            "lstm-flow-at-the-end",
                            "norms_T = ‖(2/N)(ŷ_T - z_T) Fᵀ‖: no later step adds to it",
                            SOURCE,
                            GradientFlowClaims::lstmEnd),
                    holds(
                            "lstm-flow-without-recurrence",
                            "W = 0, last target only: norms_t = 0 for t < T, as everything flows through the cell",
                            SOURCE,
                            GradientFlowClaims::lstmWithoutRecurrence),
                    holds(
                            "lstm-flow-explodes",
                            "x, h_0, c_0, b = 0, W^g = wI, last target only: norms_t = (w/4)(1/2 + w/4)^{T-t-1} norms_T for "
                                    + "t < T, which grows geometrically backwards in time if w > 2",
                            "all gates are 1/2, and C_t + δ reaches C_{t+1} through f as δ/2 and through h_t as δw/4",
                            GradientFlowClaims::lstmExplodes))
            .example("three sequences of six steps through a wide layer", RegressionOperation.WIDE)
            .example("three steps, inputs near 2^-30", Circulation.faint())
            .example("thirty steps, spectral radius 3/4", Circulation.of(0.75, 4))
            .example("thirty steps, spectral radius 1", Circulation.of(1, 4))
            .example("thirty steps, spectral radius 5/4", Circulation.of(1.25, 4))
            .declare();

    private GradientFlowOperation() {}

    private static Outputs refer(Inputs in) {
        var flow = org.goldgrad.reference.recurrent.GradientFlow.of(
                RegressionOperation.regression(in),
                Ejml.slices(in.array("x")),
                Ejml.matrix(in.array("h0")),
                Ejml.slices(in.array("z")));
        int T = in.array("x").size(0);
        return Outputs.of("norms", Ejml.array(flow.norms(), T)).and("bound", Ejml.array(flow.bound(), T));
    }

    private static Outputs referLstm(Inputs in) {
        LstmGradientFlow flow = LstmGradientFlow.of(
                LstmOperation.layer(in),
                Ejml.matrix(in.array("F")),
                Ejml.row(in.array("f")),
                RegressionOperation.targets(in),
                Ejml.slices(in.array("x")),
                Ejml.matrix(in.array("h0")),
                Ejml.matrix(in.array("c0")),
                Ejml.slices(in.array("z")));
        return Outputs.of("norms", Ejml.array(flow.norms(), in.array("x").size(0)));
    }
}
