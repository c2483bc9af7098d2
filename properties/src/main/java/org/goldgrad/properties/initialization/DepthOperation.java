package org.goldgrad.properties.initialization;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Claim.refuted;
import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.initialization.Depth;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Twist;
import org.goldgrad.properties.operation.Whole;
import org.goldgrad.reference.initialization.ReluDepth;

/** {@code initialization.depth}: how initial weights let activations live on, or die, from layer to layer. */
public final class DepthOperation {
    private static final Definition RIGHT = Depth::define;

    /** The declaration. */
    public static final Operation OPERATION = Operation.named(
                    "initialization.depth", "Mean square of activations through layers of relus")
            .formula("""
                    h_t = g(W_t h_{t-1})      W_t  d_t×d_{t-1}, independent entries, symmetric around 0, of variance σ_t²
                    h_0 = x      d_0 = features      d_t = widths_t      g(a) = a for a > 0, αa otherwise      α = slope
                    q_t = E‖h_t‖²/d_t over all weights = ‖x‖²/d_0 Π_{s≤t} d_{s-1} σ_s² (1 + α²)/2
                    variance=lecun    σ_t² = 1/d_{t-1}
                    variance=he       σ_t² = 2/d_{t-1}
                    variance=glorot   σ_t² = 2/(d_{t-1} + d_t)""")
            .source(SampledWeights.SOURCE + ".2; He et al. 2015")
            .input("x", "features", Domain.REAL)
            .input("widths", "time", new Whole(1, "64", 0))
            .setting("slope", "", Domain.NON_NEGATIVE)
            .output("q", "time")
            .size("time", 1, 6)
            .size("features", 1, 5)
            .convention(SampledWeights.VARIANCE)
            .definition(RIGHT)
            .reference(DepthOperation::refer)
            .mistakes(mistakes())
            .claims(
                    holds(
                            "relu-half",
                            "a symmetric around 0: E[relu(a)²] = E[a²]/2, which is 1/2 for unit variance",
                            SampledWeights.SOURCE + ".2(a)",
                            DepthClaims::half),
                    refuted(
                            "relu-half-without-symmetry",
                            "E[a] = 0 and Var(a) = 1: E[relu(a)²] = 1/2",
                            SampledWeights.SOURCE + ".2(a), without its hypothesis",
                            "if a is symmetric; else E[relu(a)²] may be any number between 0 and 1",
                            DepthClaims::halfWithoutSymmetry),
                    holds(
                            "he",
                            "c = 0, μ = 0, symmetric weights: with σ² = 2/d a relu keeps the second moment in expectation, for"
                                    + " every h; through 30 layers it stays what it was, and with σ² = 1/d it halves in each",
                            SampledWeights.SOURCE + ".2(b)",
                            DepthClaims::he),
                    refuted(
                            "glorot-keeps",
                            "Glorot's variance keeps the second moment of activations through relus",
                            "folklore; Glorot and Bengio 2010 say it of linear units",
                            "it is multiplied by d_{t-1}/(d_{t-1} + d_t) in each layer of relus: halved where widths are"
                                    + " equal, nearly kept only where layers become narrow",
                            DepthClaims::glorot))
            .example("nine layers that become narrow and wide again", question(9, t -> (t * 7 + 5) % 23 + 2, 0.25))
            .example("thirty layers of 64 relus", question(30, t -> 64, 0))
            .example("thirty layers of 64 leaky relus, of slope 1/2", question(30, t -> 64, 0.5))
            .example("thirty layers of 2 to 61 relus", question(30, t -> 2 * t + 3, 0))
            .declare();

    private DepthOperation() {}

    private static Inputs question(int layers, java.util.function.IntToDoubleFunction width, double slope) {
        double[] widths = new double[layers];
        Arrays.setAll(widths, width);
        return Inputs.empty()
                .with("x", 1, -2, 0.5, 1.5, -0.25, 3, 0)
                .with("widths", widths)
                .with("slope", slope);
    }

    private static Outputs refer(Inputs in) {
        Array widths = in.array("widths");
        return Outputs.of(
                "q",
                Ejml.array(
                        ReluDepth.meanSquares(
                                Ejml.matrix(in.array("x")),
                                Ejml.matrix(widths),
                                in.scalar("slope"),
                                SampledWeights.scheme(in)),
                        widths.shape()));
    }

    private static List<Mistake> mistakes() {
        return List.of(
                mistake(
                        "relu-forgotten",
                        "takes units for linear",
                        "q_t = Π d_{s-1} σ_s²: no (1 + α²)/2",
                        new Wrong(Slip.LINEAR)),
                mistake(
                        "slope-not-squared",
                        "takes the slope for its square",
                        "(1 + α)/2 in place of (1 + α²)/2",
                        new Wrong(Slip.SLOPE)),
                mistake(
                        "leak-forgotten",
                        "takes leaky relus for relus",
                        "1/2 in place of (1 + α²)/2",
                        Twist.input(RIGHT, "slope", Twist.zero())),
                mistake(
                        "variance-for-mean-square",
                        "takes the variance of a relu's output for its mean square",
                        "1/2 - 1/(2π) in place of 1/2",
                        new Wrong(Slip.VARIANCE)),
                mistake(
                                "fan-out-for-fan-in",
                                "divides by the number of outputs",
                                "σ_t² by d_t in place of d_{t-1}",
                                new Wrong(Slip.FAN_OUT))
                        .except("variance", "glorot"),
                mistake(
                        "one-layer-late",
                        "returns the mean square before each layer",
                        "q_{t-1} in place of q_t",
                        new Wrong(Slip.LATE)),
                mistake(
                        "sum-for-mean",
                        "returns the sum of squares",
                        "E‖h_t‖² in place of E‖h_t‖²/d_t",
                        new Wrong(Slip.SUM)),
                mistake("root-mean-square", "returns the root", "√q_t", Twist.output(RIGHT, "q", new Twist.Change() {
                    @Override
                    public <R extends Real<R>> Tensor<R> of(Tensor<R> tensor) {
                        return tensor.map(Real::sqrt);
                    }
                })));
    }

    private enum Slip {
        LINEAR,
        SLOPE,
        VARIANCE,
        FAN_OUT,
        LATE,
        SUM
    }

    /** The right answer with a factor for each layer, or another one. */
    private record Wrong(Slip slip) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Tensor<R> right = RIGHT.of(q).output("q");
            Tensor<R> x = q.tensor("x");
            Tensor<R> widths = q.tensor("widths");
            R slope = q.scalar("slope");
            R kept = slope.square().plus(1).dividedBy(2);
            R factor = q.arithmetic().one();
            R before = q.arithmetic().of(x.size());
            List<R> wrong = new ArrayList<>();
            for (int t = 0; t < widths.size(); t++) {
                R width = widths.at(t);
                factor = factor.times(
                        switch (slip) {
                            case LINEAR -> kept.reciprocal();
                            case SLOPE -> slope.plus(1).dividedBy(2).dividedBy(kept);
                            case VARIANCE -> kept.minus(1 / (2 * Math.PI)).dividedBy(kept);
                            case FAN_OUT -> before.dividedBy(width);
                            default -> q.arithmetic().one();
                        });
                wrong.add(
                        switch (slip) {
                            case LATE -> t == 0 ? x.dot(x).dividedBy(x.size()) : right.at(t - 1);
                            case SUM -> right.at(t).times(width);
                            default -> right.at(t).times(factor);
                        });
                before = width;
            }
            return Answer.of("q", Tensor.vector(wrong));
        }
    }
}
