package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.properties.operation.Mistake;

/** What goes wrong in implementations of Adam. */
final class AdamMistakes {
    private AdamMistakes() {}

    static List<Mistake> all() {
        return List.of(
                mistake(
                                "no-bias-correction",
                                "leaves out the bias correction",
                                "m/(√v + ε) instead of m̂/(√v̂ + ε)",
                                new Wrong(Slip.UNCORRECTED))
                        .seenIn("https://github.com/oxideai/mlx-rs/issues/301"),
                mistake(
                        "only-first-moment-corrected",
                        "corrects the first moment only",
                        "m̂/(√v + ε)",
                        new Wrong(Slip.FIRST_ONLY)),
                mistake(
                        "only-second-moment-corrected",
                        "corrects the second moment only",
                        "m/(√v̂ + ε)",
                        new Wrong(Slip.SECOND_ONLY)),
                mistake(
                                "correction-multiplied",
                                "multiplies by 1-β^t instead of dividing",
                                "m̂ = m(1-β1^t), v̂ = v(1-β2^t)",
                                new Wrong(Slip.MULTIPLIED))
                        .seenIn("https://github.com/karpathy/convnetjs/pull/70"),
                mistake("divided-by-beta-to-the-t", "divides by β^t", "m̂ = m/β1^t, v̂ = v/β2^t", new Wrong(Slip.POWER))
                        .seenIn("https://github.com/kozistr/pytorch_optimizer/pull/525"),
                mistake(
                                "second-correction-complemented",
                                "complements the second correction once too often",
                                "√(1-(1-β2^t)) in place of √(1-β2^t)",
                                new Wrong(Slip.COMPLEMENTED))
                        .seenIn("https://github.com/kozistr/AdaBound-tensorflow/issues/3"),
                mistake(
                                "counts-from-two",
                                "counts the first step as the second",
                                "1-β^{t+1} in place of 1-β^t",
                                new Wrong(Slip.LATE))
                        .seenIn("https://github.com/karpathy/nanochat/pull/818"),
                mistake(
                        "counter-stands-still",
                        "corrects every step as if it were the first",
                        "1-β in place of 1-β^t",
                        new Wrong(Slip.STUCK)),
                mistake(
                        "betas-swapped",
                        "takes β1 for β2 and β2 for β1",
                        "m ← β2 m + …, v ← β1 v + …",
                        new Wrong(Slip.SWAPPED)),
                mistake(
                                "coefficients-swapped",
                                "applies each β to the wrong term",
                                "m = (1-β1)m + β1 g, v = (1-β2)v + β2 g²",
                                new Wrong(Slip.COMPLEMENTS))
                        .seenIn("https://github.com/marin-community/levanter/pull/883"),
                mistake(
                                "epsilon-inside-the-root",
                                "puts ε inside the root",
                                "m̂/√(v̂ + ε)",
                                new Wrong(Slip.EPSILON_INSIDE))
                        .seenIn("tiny-dnn optimizer.h"),
                mistake("epsilon-subtracted", "subtracts ε", "m̂/(√v̂ - ε)", new Wrong(Slip.EPSILON_SUBTRACTED))
                        .seenIn("https://github.com/tensorflow/tensorflow/issues/61407"),
                mistake("no-root", "forgets the square root", "m̂/(v̂ + ε)", new Wrong(Slip.ROOTLESS)),
                mistake(
                        "gradient-not-squared",
                        "averages |g| instead of g²",
                        "v ← β2 v + (1-β2)|g|",
                        new Wrong(Slip.ABSOLUTE)),
                mistake(
                        "first-moment-unweighted",
                        "leaves out the factor 1-β1",
                        "m = β1 m + g",
                        new Wrong(Slip.UNWEIGHTED_M)),
                mistake(
                        "second-moment-unweighted",
                        "leaves out the factor 1-β2",
                        "v = β2 v + g²",
                        new Wrong(Slip.UNWEIGHTED_V)),
                mistake(
                        "moments-reset-every-step",
                        "starts both moments from zero at every step",
                        "m = (1-β1)g, v = (1-β2)g²",
                        new Wrong(Slip.RESET)),
                mistake(
                        "steps-along-the-old-moment",
                        "moves along the first moment before its update",
                        "m_{t-1} in place of m_t in the step",
                        new Wrong(Slip.OLD)),
                mistake(
                        "keeps-the-largest-second-moment",
                        "divides by the largest second moment so far (AMSGrad)",
                        "max(v_1, …, v_t) in place of v_t in the step",
                        new Wrong(Slip.AMSGRAD)),
                mistake(
                        "stores-the-corrected-moments",
                        "stores the corrected moments and averages on from them",
                        "m ← m̂, v ← v̂",
                        new Wrong(Slip.STORED)),
                mistake("ascends", "adds the step", "θ + α m̂/(√v̂ + ε)", new Wrong(Slip.ASCENT)),
                mistake("decay-ignored", "ignores the weight decay", "λ = 0", new Wrong(Slip.DECAY_IGNORED)),
                mistake(
                                "decay-multiplied",
                                "multiplies the gradient by λθ instead of adding it",
                                "g = g_t · λθ",
                                new Wrong(Slip.DECAY_MULTIPLIED))
                        .seenIn("https://github.com/apache/mxnet/issues/8925")
                        .under("decay", "coupled"),
                mistake(
                                "decay-not-scaled-by-the-rate",
                                "applies the weight decay without the rate",
                                "θ -= λθ instead of αλθ",
                                new Wrong(Slip.DECAY_UNSCALED))
                        .seenIn("https://github.com/tensorflow/addons/issues/844")
                        .under("decay", "decoupled"),
                mistake(
                                "correction-leaks-into-decay",
                                "multiplies the weight decay by the bias correction too",
                                "θ -= α√(1-β2^t)/(1-β1^t) (m/(√v + ε) + λθ)",
                                new Wrong(Slip.DECAY_CORRECTED))
                        .seenIn("https://github.com/Oneflow-Inc/oneflow/pull/5960")
                        .under("decay", "decoupled"),
                mistake(
                                "decays-after-the-step",
                                "decays the parameter that the step has already moved",
                                "θ ← (1-αλ)(θ - α m̂/(√v̂ + ε))",
                                new Wrong(Slip.DECAY_AFTER))
                        .under("decay", "decoupled"),
                mistake(
                                "first-group-settings-for-all",
                                "uses the first group's settings for every group",
                                "α, β1, β2, ε, λ of group 1 everywhere",
                                new Wrong(Slip.ONE_GROUP))
                        .seenIn("https://github.com/PaddlePaddle/Paddle/pull/43013"),
                mistake(
                        "counter-shared-between-groups",
                        "advances one step counter for every group",
                        "group k of n is corrected with the step number n(t-1)+k",
                        new Wrong(Slip.SHARED_COUNTER)));
    }

    private enum Slip {
        UNCORRECTED,
        FIRST_ONLY,
        SECOND_ONLY,
        MULTIPLIED,
        POWER,
        COMPLEMENTED,
        LATE,
        STUCK,
        SWAPPED,
        COMPLEMENTS,
        EPSILON_INSIDE,
        EPSILON_SUBTRACTED,
        ROOTLESS,
        ABSOLUTE,
        UNWEIGHTED_M,
        UNWEIGHTED_V,
        RESET,
        OLD,
        AMSGRAD,
        STORED,
        ASCENT,
        DECAY_IGNORED,
        DECAY_MULTIPLIED,
        DECAY_UNSCALED,
        DECAY_CORRECTED,
        DECAY_AFTER,
        ONE_GROUP,
        SHARED_COUNTER
    }

    /** Adam with one slip, parameter by parameter. */
    private record Wrong(Slip slip) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Tensor<R> g = q.tensor("g");
            int parameters = g.size(2);
            int each = g.size(1) * parameters;
            R[] m = q.arithmetic().array(g.size());
            R[] v = q.arithmetic().array(g.size());
            R[] theta = q.arithmetic().array(g.size());
            for (int i = 0; i < each; i++) {
                Stepper<R> stepper = new Stepper<>(
                        this, q, i / parameters, q.tensor("theta0").at(i));
                for (int t = 0; t < g.size(0); t++) {
                    int at = t * each + i;
                    stepper.step(g.at(at), t + 1);
                    m[at] = stepper.m;
                    v[at] = stepper.v;
                    theta[at] = stepper.theta;
                }
            }
            return Answer.of("m", Tensor.of(q.arithmetic(), g.shape(), i -> m[i]))
                    .and("v", Tensor.of(q.arithmetic(), g.shape(), i -> v[i]))
                    .and("theta", Tensor.of(q.arithmetic(), g.shape(), i -> theta[i]));
        }

        boolean is(Slip... slips) {
            return List.of(slips).contains(slip);
        }
    }

    /** One parameter on its way. */
    private static final class Stepper<R extends Real<R>> {
        private final Wrong wrong;
        private final boolean hat;
        private final boolean coupled;
        private final int group;
        private final int groups;
        private final R one;
        private final R lr;
        private final R beta1;
        private final R beta2;
        private final R eps;
        private final R lambda;
        private R m;
        private R v;
        private R largest;
        private R theta;

        Stepper(Wrong wrong, Question<R> q, int group, R theta) {
            this.wrong = wrong;
            this.group = group;
            this.theta = theta;
            hat = q.convention("epsilon").equals("hat");
            coupled = q.convention("decay").equals("coupled");
            groups = q.tensor("lr").size();
            one = q.arithmetic().one();
            int from = wrong.is(Slip.ONE_GROUP) ? 0 : group;
            lr = q.tensor("lr").at(from);
            beta1 = q.tensor(wrong.is(Slip.SWAPPED) ? "beta2" : "beta1").at(from);
            beta2 = q.tensor(wrong.is(Slip.SWAPPED) ? "beta1" : "beta2").at(from);
            eps = q.tensor("eps").at(from);
            lambda = q.tensor("weight_decay").at(from);
            m = q.arithmetic().zero();
            v = m;
            largest = m;
        }

        void step(R gradient, int t) {
            R decay = lambda.times(theta);
            R g = !coupled || wrong.is(Slip.DECAY_IGNORED)
                    ? gradient
                    : wrong.is(Slip.DECAY_MULTIPLIED) ? gradient.times(decay) : gradient.plus(decay);
            R old = m;
            m = averaged(m, g, beta1, Slip.UNWEIGHTED_M);
            v = averaged(v, wrong.is(Slip.ABSOLUTE) ? g.abs() : g.square(), beta2, Slip.UNWEIGHTED_V);
            largest = largest.max(v);

            R along = wrong.is(Slip.OLD) ? old : m;
            R spread = wrong.is(Slip.AMSGRAD) ? largest : v;
            R c1 = correction(beta1, t, Slip.SECOND_ONLY);
            R c2 = correction(beta2, t, Slip.FIRST_ONLY);
            R way = hat
                    ? along.dividedBy(denominator(spread)).times(root(c2)).dividedBy(c1)
                    : along.dividedBy(c1).dividedBy(denominator(spread.dividedBy(c2)));
            R step = lr.times(way);
            R moved = wrong.is(Slip.ASCENT) ? theta.plus(step) : theta.minus(step);
            theta = coupled || wrong.is(Slip.DECAY_IGNORED)
                    ? moved
                    : wrong.is(Slip.DECAY_AFTER)
                            ? moved.minus(lr.times(lambda).times(moved))
                            : moved.minus(decoupled(decay, c1, c2));
            if (wrong.is(Slip.STORED)) {
                m = m.dividedBy(c1);
                v = v.dividedBy(c2);
            }
        }

        private R averaged(R average, R term, R beta, Slip unweighted) {
            R rest = one.minus(beta);
            if (wrong.is(Slip.COMPLEMENTS)) {
                return rest.times(average).plus(beta.times(term));
            }
            R weighted = wrong.is(unweighted) ? term : rest.times(term);
            return wrong.is(Slip.RESET) ? weighted : beta.times(average).plus(weighted);
        }

        /** What a moment is divided by. */
        private R correction(R beta, int t, Slip leftOut) {
            if (wrong.is(Slip.UNCORRECTED, leftOut)) {
                return one;
            }
            int count = wrong.is(Slip.LATE)
                    ? t + 1
                    : wrong.is(Slip.STUCK) ? 1 : wrong.is(Slip.SHARED_COUNTER) ? groups * (t - 1) + group + 1 : t;
            R power = beta.pow(count);
            R rise = one.minus(power);
            return wrong.is(Slip.MULTIPLIED)
                    ? rise.reciprocal()
                    : wrong.is(Slip.POWER) || (wrong.is(Slip.COMPLEMENTED) && leftOut == Slip.FIRST_ONLY)
                            ? power
                            : rise;
        }

        private R denominator(R spread) {
            if (wrong.is(Slip.EPSILON_INSIDE)) {
                return spread.plus(eps).sqrt();
            }
            R root = root(spread);
            return wrong.is(Slip.EPSILON_SUBTRACTED) ? root.minus(eps) : root.plus(eps);
        }

        private R root(R x) {
            return wrong.is(Slip.ROOTLESS) ? x : x.sqrt();
        }

        private R decoupled(R decay, R c1, R c2) {
            if (wrong.is(Slip.DECAY_UNSCALED)) {
                return decay;
            }
            R scaled = lr.times(decay);
            return wrong.is(Slip.DECAY_CORRECTED) ? scaled.times(c2.sqrt()).dividedBy(c1) : scaled;
        }
    }
}
