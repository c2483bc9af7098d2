package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.optimization.GradientNormPenalty;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Twist;

/** What goes wrong where a gradient's norm is penalised. */
final class GradientNormPenaltyMistakes {
    private GradientNormPenaltyMistakes() {}

    static List<Mistake> all() {
        List<Mistake> mistakes = new ArrayList<>(StepMistakes.of(GradientNormPenalty::define, "y"));
        mistakes.addAll(settings());
        mistakes.addAll(directions());
        mistakes.addAll(mixtures());
        mistakes.addAll(losses());
        return mistakes;
    }

    private static List<Mistake> settings() {
        Definition right = GradientNormPenalty::define;
        return List.of(
                mistake("no-penalty", "leaves the penalty out", "a = 0", Twist.input(right, "a", Twist.zero())),
                mistake(
                        "only-the-second-gradient",
                        "follows the gradient uphill alone, as sharpness-aware minimization does",
                        "a = 1",
                        Twist.input(right, "a", Twist.constant(1))),
                mistake(
                        "weights-swapped",
                        "exchanges the weights of the two gradients",
                        "a g + (1-a)∇L(θ + r g/‖g‖)",
                        Twist.input(right, "a", Twist.complement())),
                mistake(
                        "not-divided-by-r",
                        "mixes with the weight of the penalty instead of its quotient by r",
                        "λ = ar in place of a = λ/r",
                        new Wrong(Slip.LAMBDA)),
                mistake("radius-ignored", "ignores r", "r = 1", Twist.input(right, "r", Twist.constant(1))),
                mistake(
                        "starts-at-zero",
                        "ignores the initial parameters",
                        "θ_0 = 0",
                        Twist.input(right, "theta0", Twist.zero())));
    }

    private static List<Mistake> directions() {
        return List.of(
                mistake(
                        "second-gradient-downhill",
                        "takes the second gradient downhill",
                        "∇L(θ - r g/‖g‖)",
                        new Wrong(Slip.DOWNHILL)),
                mistake("not-normalised", "goes uphill by the gradient itself", "∇L(θ + r g)", new Wrong(Slip.RAW)),
                mistake(
                        "divided-by-the-squared-norm",
                        "forgets the root of the norm",
                        "∇L(θ + r g/‖g‖²)",
                        new Wrong(Slip.SQUARED)),
                mistake(
                        "sum-of-magnitudes",
                        "divides by the sum of magnitudes",
                        "∇L(θ + r g/Σ|g|)",
                        new Wrong(Slip.SUM)),
                mistake(
                        "root-mean-square",
                        "divides by the root of the mean square",
                        "∇L(θ + r g√d/‖g‖), d parameters",
                        new Wrong(Slip.MEAN)),
                mistake("signs", "normalises element by element", "∇L(θ + r sign g)", new Wrong(Slip.SIGN)),
                mistake(
                        "divided-by-the-norm-of-the-parameters",
                        "divides by the norm of the parameters",
                        "∇L(θ + r g/‖θ‖)",
                        new Wrong(Slip.PARAMETERS)),
                mistake(
                        "first-direction-kept",
                        "goes uphill in the direction of the first step at every step",
                        "g_1/‖g_1‖ in place of g_t/‖g_t‖",
                        new Wrong(Slip.STALE)));
    }

    private static List<Mistake> mixtures() {
        return List.of(
                mistake(
                        "perturbation-kept",
                        "does not come back before it steps",
                        "θ_t = θ_{t-1} + r g/‖g‖ - lr q_t",
                        new Wrong(Slip.KEPT)),
                mistake(
                        "gradients-added",
                        "does not take the first gradient down",
                        "q = g + a∇L(…)",
                        new Wrong(Slip.ADDED)),
                mistake(
                        "penalty-gradient-alone",
                        "follows the penalty and forgets the loss",
                        "q = a(∇L(…) - g)",
                        new Wrong(Slip.PENALTY)),
                mistake(
                        "penalty-halved",
                        "penalises with half the weight",
                        "a/2 in place of a",
                        Twist.input(GradientNormPenalty::define, "a", Twist.scaled(0.5))));
    }

    private static List<Mistake> losses() {
        Definition right = GradientNormPenalty::define;
        return List.of(
                mistake(
                        "no-quartic",
                        "leaves the quartic term out",
                        "κ = 0",
                        Twist.input(right, "kappa", Twist.zero())),
                mistake(
                        "quartic-without-a-quarter",
                        "forgets the ¼ of the quartic term",
                        "4κθ³ in place of κθ³",
                        Twist.input(right, "kappa", Twist.scaled(4))),
                mistake(
                        "squares-without-a-half",
                        "forgets the ½ of the squares",
                        "2Mᵀ(Mθ - y) in place of Mᵀ(Mθ - y)",
                        new Wrong(Slip.UNHALVED)),
                mistake(
                        "squares-averaged",
                        "averages the squares over the samples",
                        "Mᵀ(Mθ - y)/n in place of Mᵀ(Mθ - y)",
                        new Wrong(Slip.AVERAGED)),
                mistake("targets-ignored", "leaves the targets out", "y = 0", Twist.input(right, "y", Twist.zero())),
                mistake(
                        "first-target-kept",
                        "takes the first target at every step",
                        "y_1 in place of y_t",
                        new Wrong(Slip.FIRST_TARGET)),
                mistake(
                        "data-stored-by-columns",
                        "reads M column by column",
                        "the elements of M in memory taken for those of its transpose",
                        Twist.input(right, "M", Twist.storedByColumns())));
    }

    private enum Slip {
        LAMBDA,
        DOWNHILL,
        RAW,
        SQUARED,
        SUM,
        MEAN,
        SIGN,
        PARAMETERS,
        STALE,
        KEPT,
        ADDED,
        PENALTY,
        UNHALVED,
        AVERAGED,
        FIRST_TARGET
    }

    /** The algorithm with one slip. */
    private record Wrong(Slip slip) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            R a = slip == Slip.LAMBDA ? q.scalar("a").times(q.scalar("r")) : q.scalar("a");
            R rest = q.arithmetic().one().minus(a);
            Tensor<R> theta = q.tensor("theta0");
            List<Tensor<R>> directions = new ArrayList<>();
            List<Tensor<R>> qs = new ArrayList<>();
            List<Tensor<R>> thetas = new ArrayList<>();
            for (int t = 0; t < q.tensor("y").size(0); t++) {
                Tensor<R> y = q.tensor("y").slice(slip == Slip.FIRST_TARGET ? 0 : t);
                Tensor<R> g = gradient(q, theta, y);
                directions.add(direction(g, theta));
                Tensor<R> there =
                        theta.plus(directions.get(slip == Slip.STALE ? 0 : t).times(q.scalar("r")));
                Tensor<R> second = gradient(q, there, y);
                Tensor<R> qt = switch (slip) {
                    case ADDED -> g.plus(second.times(a));
                    case PENALTY -> second.minus(g).times(a);
                    default -> g.times(rest).plus(second.times(a));
                };
                theta = (slip == Slip.KEPT ? there : theta).minus(qt.times(q.scalar("lr")));
                qs.add(qt);
                thetas.add(theta);
            }
            return Answer.of("q", Tensor.stack(qs)).and("theta", Tensor.stack(thetas));
        }

        /** ∇L with its squares weighed c times as much: c∇L with κ/c. */
        private <R extends Real<R>> Tensor<R> gradient(Question<R> q, Tensor<R> theta, Tensor<R> y) {
            R one = q.arithmetic().one();
            R c = slip == Slip.UNHALVED ? one.times(2) : slip == Slip.AVERAGED ? one.dividedBy(y.size()) : one;
            Tensor<R> kappa = Tensor.scalar(q.scalar("kappa").dividedBy(c));
            return GradientNormPenalty.gradient(q.with("kappa", kappa), theta, y)
                    .times(c);
        }

        private <R extends Real<R>> Tensor<R> direction(Tensor<R> g, Tensor<R> theta) {
            R square = g.dot(g);
            R size = switch (slip) {
                case DOWNHILL -> square.sqrt().negate();
                case RAW, SIGN -> g.arithmetic().one();
                case SQUARED -> square;
                case SUM -> g.map(R::abs).sum();
                case MEAN -> square.dividedBy(g.size()).sqrt();
                case PARAMETERS -> theta.dot(theta).sqrt();
                default -> square.sqrt();
            };
            Tensor<R> way =
                    slip == Slip.SIGN ? g.map(x -> x.positive().minus(x.negate().positive())) : g;
            return way.map(x -> x.dividedBy(size));
        }
    }
}
