package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Claim.holds;

import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.arithmetic.Rational;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.optimization.RunningAverage;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;

/** {@code optimization.running_average}: gradient descent along an exponential running average of the gradient. */
public final class RunningAverageOperation {
    private static final String SOURCE = "IFT6135 (2020), assignment 2, question 1";

    private static final Convention CORRECTION = Convention.of(
            "correction",
            "Whether the average is divided by 1 - β^t",
            "https://github.com/PaddlePaddle/Paddle/pull/17677; Optax and Paddle correct, many do not",
            "raw",
            "the average as it is, biased towards its start at 0",
            "corrected",
            "the average divided by 1 - β^t, as in Adam");

    private static final Inputs EXAMPLE = Inputs.empty()
            .with("theta0", 1, -2, 0.5, 3, -0.25)
            .with("g", Gradients.spread(9, 5))
            .with("beta", 1 - 0x1p-7)
            .with("delta", 0x1p-5);

    /** The declaration. */
    public static final Operation OPERATION = Operation.named(
                    "optimization.running_average", "Running average of gradients")
            .formula(RunningAverage.RULE)
            .source(SOURCE)
            .input("theta0", "parameters", Domain.REAL)
            .input("g", "steps,parameters", Domain.SPREAD)
            .setting("beta", "", Domain.DECAY)
            .setting("delta", "", Domain.POSITIVE)
            .output("v", "steps,parameters")
            .output("theta", "steps,parameters")
            .size("steps", 1, 6)
            .convention(CORRECTION)
            .definition(RunningAverage.DEFINITION)
            .reference(References::runningAverage)
            .mistakes(Slips.of(
                    RunningAverage.DEFINITION,
                    List.of(CORRECTION),
                    List.of("beta", "delta"),
                    EXAMPLE,
                    List.of(
                            slip("coefficients-swapped", "applies β to the wrong term", "v = (1 - beta) v + beta g")
                                    .seenIn("https://github.com/marin-community/levanter/pull/883")
                                    .under("correction", "raw"),
                            slip(
                                    "coefficients-swapped-in-the-average",
                                    "applies β to the wrong term, but corrects with the right one",
                                    "v = (1 - beta) v + beta g"),
                            slip(
                                    "weight-missing",
                                    "leaves out the factor 1 - β: momentum under another name",
                                    "v = beta v + g"),
                            slip("reset-every-step", "starts the average from zero at every step", "v = (1 - beta) g"),
                            slip("steps-along-the-old-average", "moves before it updates the average", """
                                    correction=raw         theta = theta - delta v_old
                                    correction=corrected   theta = theta - delta v_old/(1 - beta^t)"""),
                            slip(
                                            "starts-with-the-first-gradient",
                                            "starts the average at the first gradient",
                                            "v = first(g, beta v + (1 - beta) g)")
                                    .seenIn("https://github.com/huggingface/pytorch-image-models/issues/1182"),
                            slip("ascends", "adds the step", """
                                    correction=raw         theta = theta + delta v
                                    correction=corrected   theta = theta + delta v/(1 - beta^t)"""),
                            slip(
                                            "corrected-one-step-late",
                                            "counts steps from 2 when it corrects",
                                            "correction=corrected   theta = theta - delta v/(1 - beta^(t + 1))")
                                    .seenIn("https://github.com/karpathy/nanochat/pull/818"),
                            slip(
                                            "divided-by-beta-to-the-t",
                                            "divides by β^t",
                                            "correction=corrected   theta = theta - delta v/beta^t")
                                    .seenIn("https://github.com/kozistr/pytorch_optimizer/pull/525"),
                            slip(
                                            "correction-multiplied",
                                            "multiplies by 1 - β^t instead of dividing",
                                            "correction=corrected   theta = theta - delta v (1 - beta^t)")
                                    .seenIn("https://github.com/karpathy/convnetjs/pull/70"),
                            slip("corrects-the-state", "stores the corrected average and averages on from it", """
                                    v = (beta v + (1 - beta) g)/(1 - beta^t)
                                    correction=corrected   theta = theta - delta v"""))))
            .claims(
                    holds(
                            "unrolled",
                            "v_t = (1-β) Σ_{i≤t} β^{t-i} g_i",
                            SOURCE + ".2",
                            RunningAverageOperation::unrolled),
                    holds(
                            "bias",
                            "g with E[g_t] = μ for every t: E[v_t] = (1-β^t) μ, so dividing by 1 - β^t removes the bias; for "
                                    + "constant g the quotient is g",
                            SOURCE + ".3",
                            RunningAverageOperation::bias),
                    holds(
                            "bias-variance",
                            "independent g_t of variance s²: Var(v_t) = s² (1-β)(1-β^{2t})/(1+β), and the corrected "
                                    + "average has that divided by (1-β^t)²",
                            SOURCE + ".3",
                            RunningAverageOperation::variance))
            .example(
                    "nothing kept while gradients fall from 2^33 to 1",
                    Inputs.empty()
                            .with("theta0", 0, 1)
                            .with("g", Array.of(new int[] {3, 2}, 0x1p33, -0x1p33, 1, 3, -0x1p-33, 0))
                            .with("beta", 0)
                            .with("delta", 0.5))
            .example("nine steps of gradients from 2^-33 to 2^33", EXAMPLE)
            .declare();

    private RunningAverageOperation() {}

    private static Mistake slip(String id, String did, String lines) {
        return Slips.slip(RunningAverage.DEFINITION, id, did, lines);
    }

    private static Check unrolled(Subject subject, Draw draw) {
        Inputs in = OPERATION.inputs(draw);
        Question<DoubleDouble> q = in.in(DoubleDouble.ARITHMETIC);
        Tensor<DoubleDouble> v = RunningAverage.unrolled(q.tensor("g"), q.scalar("beta"));
        return subject.ask(OPERATION, in)
                .agrees(Check.NOTHING_YET, "v", Array.nearest(v).elements());
    }

    /** E over the 2^t equally likely sequences of two gradients, exactly; and a constant gradient through the subject. */
    private static Check bias(Subject subject, Draw draw) {
        Moments moments = Moments.drawn(draw);
        Check check = Check.NOTHING_YET.equal(
                "E[v_t] of " + moments, moments.mean(), moments.rise().times(moments.expected()));
        Inputs in = OPERATION.inputs(draw, Map.of("correction", "corrected"));
        double[] first = in.array("g").take(0, 0).elements();
        int steps = in.array("g").size(0);
        double[] constant = new double[steps * first.length];
        for (int i = 0; i < constant.length; i++) {
            constant[i] = first[i % first.length];
        }
        Inputs still = in.with("g", Array.of(in.array("g").shape(), constant))
                .with("theta0", in.array("theta0").map(x -> 0))
                .with("delta", 1);
        double[] theta = new double[constant.length];
        for (int i = 0; i < theta.length; i++) {
            theta[i] = -constant[i] * (i / first.length + 1);
        }
        return subject.ask(OPERATION, still).agrees(check, "theta", theta);
    }

    private static Check variance(Subject subject, Draw draw) {
        Moments m = Moments.drawn(draw);
        Rational one = Rational.ARITHMETIC.one();
        Rational expected = m.variance()
                .times(one.minus(m.beta()))
                .times(one.minus(m.beta().pow(2 * m.steps())))
                .dividedBy(one.plus(m.beta()));
        return Check.NOTHING_YET.equal(
                "Var(v_t) of " + m, m.meanSquare().minus(m.mean().square()), expected);
    }

    /** The running average of t independent gradients, each a or b with probability ½, over all 2^t sequences. */
    private record Moments(Rational a, Rational b, Rational beta, int steps) {
        static Moments drawn(Draw draw) {
            return new Moments(
                    Rational.of(draw.choice(16) - 4L, 4),
                    Rational.of(draw.choice(16) - 8L, 4),
                    Rational.of(draw.choice(8), 8),
                    1 + draw.choice(6));
        }

        /** E[g]. */
        Rational expected() {
            return a.plus(b).dividedBy(2);
        }

        /** Var(g). */
        Rational variance() {
            return a.minus(b).square().dividedBy(4);
        }

        /** 1 − βᵗ. */
        Rational rise() {
            return Rational.ARITHMETIC.one().minus(beta.pow(steps));
        }

        Rational mean() {
            return average(false);
        }

        Rational meanSquare() {
            return average(true);
        }

        private Rational average(boolean squared) {
            Rational sum = Rational.ARITHMETIC.zero();
            for (int sequence = 0; sequence < 1 << steps; sequence++) {
                Rational v = Rational.ARITHMETIC.zero();
                for (int t = 0; t < steps; t++) {
                    Rational g = (sequence >> t & 1) == 0 ? a : b;
                    v = beta.times(v).plus(Rational.ARITHMETIC.one().minus(beta).times(g));
                }
                sum = sum.plus(squared ? v.square() : v);
            }
            return sum.dividedBy(1 << steps);
        }
    }
}
