package org.goldgrad.properties.initialization;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Claim.refuted;
import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.initialization.PreactivationMoments;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Twist;
import org.goldgrad.reference.initialization.PreactivationEnumeration;

/** {@code initialization.preactivation_moments}: what random weights make of random activations. */
public final class PreactivationMomentsOperation {
    private static final Definition RIGHT = PreactivationMoments::define;

    /** The declaration. */
    public static final Operation OPERATION = Operation.named(
                    "initialization.preactivation_moments", "Mean and variance of a pre-activation")
            .formula("""
                    a = c + Σ_i w_i h_i      mean = E[a]      variance = Var(a)
                    w_i independent of each other and of h, each equally likely one of the elements of w
                    h equally likely one of the rows of h, whose entries may depend on each other
                    μ = mean w      σ² = mean (w - μ)²      S = Σ_i h_i
                    mean = c + μ E[S]      variance = σ² Σ_i E[h_i²] + μ² Var(S)""")
            .source(SampledWeights.SOURCE + ".1(b)")
            .input("w", "outcomes", Domain.REAL)
            .input("h", "states,fan", Domain.REAL)
            .setting("c", "", Domain.REAL)
            .output("mean", "")
            .output("variance", "")
            .size("outcomes", 1, 4)
            .size("states", 1, 5)
            .size("fan", 1, 4)
            .definition(RIGHT)
            .reference(PreactivationMomentsOperation::refer)
            .mistakes(mistakes())
            .claims(
                    holds(
                            "product-variance",
                            "X and Y independent: Var(XY) = Var(X)Var(Y) + Var(X)E[Y]² + Var(Y)E[X]²",
                            SampledWeights.SOURCE + ".1(a)",
                            PreactivationClaims::product),
                    refuted(
                            "product-variance-of-dependent",
                            "Var(XY) = Var(X)Var(Y) + Var(X)E[Y]² + Var(Y)E[X]² for any X and Y that are uncorrelated",
                            SampledWeights.SOURCE + ".1(a), without its hypothesis",
                            "if X and Y are independent; uncorrelated is not enough: for X = ±1 or 0 and Y = X² the product is X"
                                    + " itself, of variance 2/3, and the formula says 4/9",
                            PreactivationClaims::productOfDependent),
                    holds(
                            "preactivation-moments",
                            "w_i independent with mean μ and variance σ², independent of h; h_i independent with one mean"
                                    + " and one variance: E[a] = c + dμE[h] and"
                                    + " Var(a) = d(σ²Var(h) + σ²E[h]² + μ²Var(h))",
                            SampledWeights.SOURCE + ".1(b)",
                            PreactivationClaims::moments),
                    holds(
                            "independence-not-needed",
                            "the same if the h_i are only uncorrelated; and if μ = 0 whatever they are, as long as each has"
                                    + " that mean and that variance",
                            SampledWeights.SOURCE + ".1(b)",
                            PreactivationClaims::uncorrelated),
                    refuted(
                            "nothing-needed",
                            "Var(a) = d(σ²Var(h) + σ²E[h]² + μ²Var(h)) for all h_i with one mean and one variance",
                            "folklore",
                            "only if they are uncorrelated or μ = 0: else μ² Var(Σh_i) takes the place of dμ²Var(h)",
                            PreactivationClaims::anything),
                    holds(
                            "lecun",
                            "c = 0, μ = 0, σ² = 1/d, E[h_i] = 0, Var(h_i) = 1: E[a] = 0 and Var(a) = 1",
                            SampledWeights.SOURCE + ".1(c)",
                            PreactivationClaims::lecun))
            .example(
                    "three outcomes, two of them opposite, and four states of five activations",
                    question(
                            new double[] {0.5, -0.5, 0.25},
                            new double[][] {
                                {1, -2, 0.5, 3, 0.25},
                                {-0.75, 1.5, 2, -1, 0.5},
                                {0.125, 0.5, -1.5, 2, 1},
                                {2, 2.5, 0, -0.25, -3}
                            },
                            0.375))
            .example(
                    "weights of mean 0 and activations that are all alike",
                    question(new double[] {0.75, -0.75}, new double[][] {{1.5, 1.5, 1.5}, {-0.5, -0.5, -0.5}}, -2))
            .declare();

    private PreactivationMomentsOperation() {}

    private static Inputs question(double[] w, double[][] h, double c) {
        return Inputs.empty().with("w", w).with("h", Array.matrix(h)).with("c", c);
    }

    private static Outputs refer(Inputs in) {
        PreactivationEnumeration a =
                PreactivationEnumeration.of(in.scalar("c"), Ejml.matrix(in.array("w")), Ejml.matrix(in.array("h")));
        return Outputs.of("mean", Array.scalar(a.mean())).and("variance", Array.scalar(a.variance()));
    }

    private static List<Mistake> mistakes() {
        return List.of(
                mistake("bias-forgotten", "leaves the bias out of the mean", "mean = μ E[S]", new Wrong(Slip.NO_BIAS)),
                mistake(
                        "bias-in-the-variance",
                        "adds the bias to the variance",
                        "variance + c²",
                        new Wrong(Slip.BIAS_SPREADS)),
                mistake(
                        "activations-taken-for-centred",
                        "takes the variance of activations for their mean square, as if relus had mean 0",
                        "σ² Σ Var(h_i) in place of σ² Σ E[h_i²]",
                        new Wrong(Slip.CENTRED)),
                mistake(
                        "weights-taken-for-centred",
                        "forgets what the weights' mean does",
                        "σ² Σ E[h_i²] alone",
                        new Wrong(Slip.ZERO_MEAN)),
                mistake(
                        "mean-square-for-variance",
                        "takes the weights' mean square for their variance",
                        "E[w²] in place of σ²",
                        new Wrong(Slip.MEAN_SQUARE)),
                mistake(
                        "activations-taken-for-uncorrelated",
                        "adds up variances of activations that depend on each other",
                        "Σ Var(h_i) in place of Var(Σ h_i)",
                        new Wrong(Slip.UNCORRELATED)),
                mistake(
                        "divided-by-the-fan",
                        "returns the moments of the mean of w_i h_i in place of their sum",
                        "a = c + (1/d) Σ w_i h_i",
                        new Wrong(Slip.AVERAGED)),
                mistake(
                        "deviation-for-variance",
                        "returns the standard deviation",
                        "√variance",
                        Twist.output(RIGHT, "variance", new Twist.Change() {
                            @Override
                            public <R extends Real<R>> Tensor<R> of(Tensor<R> tensor) {
                                return tensor.map(Real::sqrt);
                            }
                        })));
    }

    private enum Slip {
        NO_BIAS,
        BIAS_SPREADS,
        CENTRED,
        ZERO_MEAN,
        MEAN_SQUARE,
        UNCORRELATED,
        AVERAGED
    }

    private record Wrong(Slip slip) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Tensor<R> w = q.tensor("w");
            R c = q.scalar("c");
            R mu = PreactivationMoments.mean(w);
            Tensor<R> columns = q.tensor("h").transpose();
            R spread = sum(columns, slip == Slip.CENTRED);
            R variance =
                    slip == Slip.MEAN_SQUARE ? PreactivationMoments.mean(w.times(w)) : PreactivationMoments.variance(w);
            R sums = slip == Slip.UNCORRELATED ? sum(columns, true) : PreactivationMoments.variance(totals(columns));
            R total = variance.times(spread);
            if (slip != Slip.ZERO_MEAN) {
                total = total.plus(mu.square().times(sums));
            }
            if (slip == Slip.BIAS_SPREADS) {
                total = total.plus(c.square());
            }
            R mean = mu.times(PreactivationMoments.mean(totals(columns)));
            if (slip == Slip.AVERAGED) {
                double fan = columns.size(0);
                total = total.dividedBy(fan * fan);
                mean = mean.dividedBy(fan);
            }
            return Answer.of("mean", Tensor.scalar(slip == Slip.NO_BIAS ? mean : c.plus(mean)))
                    .and("variance", total);
        }

        /** Σ over columns of their variances or mean squares. */
        private static <R extends Real<R>> R sum(Tensor<R> columns, boolean centred) {
            return Tensor.vector(columns.slices().stream()
                            .map(h ->
                                    centred ? PreactivationMoments.variance(h) : PreactivationMoments.mean(h.times(h)))
                            .toList())
                    .sum();
        }

        /** Σ_i h_i of every state. */
        private static <R extends Real<R>> Tensor<R> totals(Tensor<R> columns) {
            return Tensor.vector(
                    columns.transpose().slices().stream().map(Tensor::sum).toList());
        }
    }
}
