package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Claim.holds;

import java.util.LinkedHashMap;
import java.util.Map;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.recurrent.Regression;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.reference.recurrent.RnnRegression;
import org.goldgrad.reference.recurrent.RnnRegressionGradient;
import org.goldgrad.reference.recurrent.Targets;

/** {@code recurrent.regression} and its gradient: a linear layer on the hidden states, and the mean squared error. */
public final class RegressionOperation {
    private static final String SOURCE = VanillaOperation.SOURCE + "(b, c)";

    /** Axes longer than a vector register, none of them equal. */
    static final Map<String, Integer> WIDE = Map.of("time", 6, "batch", 3, "features", 7, "hidden", 5, "outputs", 4);

    /** At which steps there is a target. */
    static final Convention TARGETS = new Convention(
            "targets",
            "Steps that the loss looks at: part of the question, which no implementation declares",
            targets(),
            SOURCE);

    /** The declaration of the regression. */
    public static final Operation OPERATION = Operation.named("recurrent.regression", "Recurrent regression")
            .formula("""
                    h_t = φ(x_t U + h_{t-1} W + b)      prediction_t = h_t F + f
                    loss = mean of (prediction_t - z_t)² over batch, outputs, and all t (targets: all) or t = T (last)""")
            .source(SOURCE)
            .input("x", "time,batch,features", Domain.REAL)
            .input("h0", "batch,hidden", Domain.REAL)
            .input("U", "features,hidden", Domain.REAL)
            .input("W", "hidden,hidden", Domain.REAL)
            .input("b", "hidden", Domain.REAL)
            .input("F", "hidden,outputs", Domain.REAL)
            .input("f", "outputs", Domain.REAL)
            .input("z", "time,batch,outputs", Domain.REAL)
            .intermediate("h", "time,batch,hidden")
            .output("prediction", "time,batch,outputs")
            .intermediate("squares", "")
            .output("loss", "")
            .size("time", 1, 3)
            .size("batch", 1, 3)
            .size("features", 1, 2)
            .size("hidden", 1, 3)
            .size("outputs", 1, 3)
            .convention(VanillaOperation.NONLINEARITY)
            .convention(TARGETS)
            .definition(Regression.VANILLA)
            .wellPosed(VanillaOperation.smooth(Regression.VANILLA))
            .reference(RegressionOperation::refer)
            .mistakes(RegressionMistakes.ofRegression())
            .claims(holds(
                    "regression-of-prefixes",
                    "the loss over all targets is the mean over t of the loss over the last target of the first t steps",
                    SOURCE,
                    RegressionClaims::prefixes))
            .example("three sequences of six steps through a wide layer", WIDE)
            .declare();

    /** The declaration of its gradient. */
    public static final Operation GRADIENT = OPERATION
            .gradient("x", "h0", "U", "W", "b", "F", "f")
            .reference(RegressionOperation::referGradient)
            .mistakes(RegressionMistakes.ofGradient())
            .claims(holds(
                    "regression-gradient-of-prefixes",
                    "dprediction = 0: the gradients over all targets by U, W, b, F, f are the means over t of those over "
                            + "the last target of the first t steps",
                    SOURCE,
                    RegressionClaims::gradientOfPrefixes))
            .example("three sequences of six steps through a wide layer", WIDE)
            .exampleByDefault("fifty steps", VanillaOperation.FIFTY_STEPS)
            .declare();

    private RegressionOperation() {}

    private static Map<String, String> targets() {
        Map<String, String> choices = new LinkedHashMap<>();
        choices.put("all", "every step has a target");
        choices.put("last", "only the last step has a target");
        return choices;
    }

    static Targets targets(Inputs in) {
        return TARGETS.of(in, Targets.class);
    }

    static RnnRegression regression(Inputs in) {
        return RnnRegression.of(
                VanillaOperation.layer(in), Ejml.matrix(in.array("F")), Ejml.row(in.array("f")), targets(in));
    }

    private static Outputs refer(Inputs in) {
        var out = regression(in)
                .forward(Ejml.slices(in.array("x")), Ejml.matrix(in.array("h0")), Ejml.slices(in.array("z")));
        return Outputs.of(
                        "prediction", Ejml.array(out.prediction(), in.array("z").shape()))
                .and("loss", Array.scalar(out.loss()));
    }

    private static Outputs referGradient(Inputs in) {
        RnnRegressionGradient d = RnnRegressionGradient.of(
                regression(in),
                Ejml.slices(in.array("x")),
                Ejml.matrix(in.array("h0")),
                Ejml.slices(in.array("z")),
                Ejml.slices(in.array("dprediction")),
                in.scalar("dloss"));
        return ByInput.of(in)
                .and("x", d.dx())
                .and("h0", d.dh0())
                .and("U", d.dU())
                .and("W", d.dW())
                .and("b", d.db())
                .and("F", d.dF())
                .and("f", d.df())
                .outputs();
    }
}
