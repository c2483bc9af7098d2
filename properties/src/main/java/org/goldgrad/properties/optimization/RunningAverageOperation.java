package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.arithmetic.Rational;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.optimization.RunningAverage;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Twist;

/** {@code optimization.running_average}: gradient descent along an exponential running average of the gradient. */
public final class RunningAverageOperation {
    private static final String SOURCE = "IFT6135 (2020), assignment 2, question 1";

    private static final Convention CORRECTION = new Convention(
            "correction",
            "Whether the average is divided by 1 - β^t",
            choices(),
            "https://github.com/PaddlePaddle/Paddle/pull/17677; Optax and Paddle correct, many do not");

    /** The declaration. */
    public static final Operation OPERATION = Operation.named(
                    "optimization.running_average", "Running average of gradients")
            .formula("""
                    v_t = β v_{t-1} + (1-β) g_t          v_0 = 0
                    correction=raw         θ_t = θ_{t-1} - δ v_t
                    correction=corrected   θ_t = θ_{t-1} - δ v_t/(1-β^t)""")
            .source(SOURCE)
            .input("theta0", "parameters", Domain.REAL)
            .input("g", "steps,parameters", Domain.SPREAD)
            .setting("beta", "", Domain.DECAY)
            .setting("delta", "", Domain.POSITIVE)
            .output("v", "steps,parameters")
            .output("theta", "steps,parameters")
            .size("steps", 1, 6)
            .convention(CORRECTION)
            .definition(RunningAverage::define)
            .reference(RunningAverageOperation::refer)
            .mistakes(mistakes())
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
            .example(
                    "nine steps of gradients from 2^-33 to 2^33",
                    Inputs.empty()
                            .with("theta0", 1, -2, 0.5, 3, -0.25)
                            .with("g", Gradients.spread(9, 5))
                            .with("beta", 1 - 0x1p-7)
                            .with("delta", 0x1p-5))
            .declare();

    private RunningAverageOperation() {}

    private static Map<String, String> choices() {
        Map<String, String> choices = new LinkedHashMap<>();
        choices.put("raw", "the average as it is, biased towards its start at 0");
        choices.put("corrected", "the average divided by 1 - β^t, as in Adam");
        return choices;
    }

    private static Outputs refer(Inputs in) {
        var rule = new org.goldgrad.reference.optimization.RunningAverage(
                in.scalar("delta"),
                in.scalar("beta"),
                in.convention("correction").equals("corrected"));
        return Trajectory.of(in, rule, "v", "theta");
    }

    private static List<Mistake> mistakes() {
        return List.of(
                mistake(
                                "coefficients-swapped",
                                "applies β to the wrong term",
                                "v_t = (1-β)v_{t-1} + βg_t",
                                Twist.input(RunningAverage::define, "beta", Twist.complement()))
                        .seenIn("https://github.com/marin-community/levanter/pull/883")
                        .under("correction", "raw"),
                mistake(
                                "coefficients-swapped-in-the-average",
                                "applies β to the wrong term, but corrects with the right one",
                                "v_t = (1-β)v_{t-1} + βg_t",
                                new Wrong(Slip.SWAPPED))
                        .under("correction", "corrected"),
                mistake(
                        "weight-missing",
                        "leaves out the factor 1 - β: momentum under another name",
                        "v_t = βv_{t-1} + g_t",
                        new Wrong(Slip.UNWEIGHTED)),
                mistake(
                        "reset-every-step",
                        "starts the average from zero at every step",
                        "v_t = (1-β)g_t",
                        new Wrong(Slip.RESET)),
                mistake(
                        "steps-along-the-old-average",
                        "moves before it updates the average",
                        "v_{t-1} in place of v_t in the step",
                        new Wrong(Slip.OLD)),
                mistake(
                                "starts-with-the-first-gradient",
                                "starts the average at the first gradient",
                                "v_1 = g_1",
                                new Wrong(Slip.STARTED))
                        .seenIn("https://github.com/huggingface/pytorch-image-models/issues/1182"),
                mistake("ascends", "adds the step", "θ_t = θ_{t-1} + δv_t", new Wrong(Slip.ASCENT)),
                mistake(
                                "corrected-one-step-late",
                                "counts steps from 2 when it corrects",
                                "v_t/(1-β^{t+1})",
                                new Wrong(Slip.LATE))
                        .seenIn("https://github.com/karpathy/nanochat/pull/818")
                        .under("correction", "corrected"),
                mistake(
                                "divided-by-beta-to-the-t",
                                "divides by β^t",
                                "v_t/β^t instead of v_t/(1-β^t)",
                                new Wrong(Slip.POWER))
                        .seenIn("https://github.com/kozistr/pytorch_optimizer/pull/525")
                        .under("correction", "corrected"),
                mistake(
                                "correction-multiplied",
                                "multiplies by 1 - β^t instead of dividing",
                                "v_t(1-β^t)",
                                new Wrong(Slip.MULTIPLIED))
                        .seenIn("https://github.com/karpathy/convnetjs/pull/70")
                        .under("correction", "corrected"),
                mistake(
                                "corrects-the-state",
                                "stores the corrected average and averages on from it",
                                "v_t ← v_t/(1-β^t)",
                                new Wrong(Slip.STORED))
                        .under("correction", "corrected"));
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

    private enum Slip {
        SWAPPED,
        UNWEIGHTED,
        RESET,
        OLD,
        STARTED,
        ASCENT,
        LATE,
        POWER,
        MULTIPLIED,
        STORED
    }

    /** The rule with one slip. */
    private record Wrong(Slip slip) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            boolean corrected = q.convention("correction").equals("corrected");
            R one = q.arithmetic().one();
            R beta = q.scalar("beta");
            R delta = q.scalar("delta");
            Tensor<R> theta = q.tensor("theta0");
            Tensor<R> v = Twist.zero().of(theta);
            List<Tensor<R>> vs = new ArrayList<>();
            List<Tensor<R>> thetas = new ArrayList<>();
            for (Tensor<R> g : q.tensor("g").slices()) {
                int t = vs.size() + 1;
                Tensor<R> old = v;
                v = switch (slip) {
                    case SWAPPED -> v.times(one.minus(beta)).plus(g.times(beta));
                    case UNWEIGHTED -> v.times(beta).plus(g);
                    case RESET -> g.times(one.minus(beta));
                    case STARTED -> t == 1 ? g : v.times(beta).plus(g.times(one.minus(beta)));
                    default -> v.times(beta).plus(g.times(one.minus(beta)));
                };
                R rise = one.minus(beta.pow(slip == Slip.LATE ? t + 1 : t));
                R weight = switch (slip) {
                    case POWER -> beta.pow(t).reciprocal();
                    case MULTIPLIED -> rise;
                    default -> rise.reciprocal();
                };
                Tensor<R> along = slip == Slip.OLD ? old : v;
                Tensor<R> step = (corrected ? along.times(weight) : along).times(delta);
                theta = slip == Slip.ASCENT ? theta.plus(step) : theta.minus(step);
                if (slip == Slip.STORED) {
                    v = v.times(weight);
                }
                vs.add(v);
                thetas.add(theta);
            }
            return Answer.of("v", Tensor.stack(vs)).and("theta", Tensor.stack(thetas));
        }
    }
}
