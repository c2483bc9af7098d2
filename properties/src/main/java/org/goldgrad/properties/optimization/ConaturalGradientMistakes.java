package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.optimization.ConaturalGradient;
import org.goldgrad.analytic.optimization.Fisher;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Twist;

/** What goes wrong in co-natural gradient descent: in the metric of the earlier task, in its damping, in how it is applied. */
final class ConaturalGradientMistakes {
    private ConaturalGradientMistakes() {}

    static List<Mistake> all() {
        List<Mistake> mistakes = new ArrayList<>(StepMistakes.of(ConaturalGradient::define, "g"));
        mistakes.addAll(dampings());
        mistakes.addAll(metrics());
        mistakes.addAll(steps());
        return mistakes;
    }

    private static List<Mistake> dampings() {
        Definition right = ConaturalGradient::define;
        return List.of(
                mistake("not-damped", "leaves the damping out", "λ = 0", Twist.input(right, "lambda", Twist.zero())),
                mistake("damping-squared", "damps by λ²", "F + λ²I", Twist.input(right, "lambda", Twist.squared())),
                mistake(
                        "damping-subtracted",
                        "subtracts the damping",
                        "F - λI",
                        Twist.input(right, "lambda", Twist.scaled(-1))),
                mistake(
                        "damping-times-samples",
                        "adds the damping once for every sample",
                        "F + nλI",
                        Twist.scaledBySize(right, "lambda", "X")),
                slip(
                        "damping-by-the-diagonal",
                        "damps in proportion to the metric's diagonal",
                        "F + λ diag F in place of F + λI",
                        Slip.MARQUARDT),
                slip("mixed", "mixes where it should add", "(1-λ)F + λI in place of F + λI", Slip.MIXED),
                slip(
                        "damped-after-inverting",
                        "inverts first and adds the damping then",
                        "(F⁻¹ + λI)g in place of (F + λI)⁻¹g",
                        Slip.LATE));
    }

    private static List<Mistake> metrics() {
        Definition right = ConaturalGradient::define;
        return List.of(
                mistake(
                        "earlier-task-forgotten",
                        "leaves the metric out",
                        "F = 0",
                        Twist.input(right, "X", Twist.zero())),
                mistake(
                        "earlier-parameters-forgotten",
                        "computes the metric at 0",
                        "p = 1/2 in place of p = σ(X θ_prev)",
                        Twist.input(right, "theta_prev", Twist.zero())),
                slip(
                        "fisher-of-the-new-parameters",
                        "computes the earlier task's metric where the new task is",
                        "p = σ(X θ_{t-1}) in place of p = σ(X θ_prev)",
                        Slip.NEW),
                slip(
                        "fisher-of-the-new-start",
                        "computes the earlier task's metric where the new task began",
                        "p = σ(X θ_0) in place of p = σ(X θ_prev)",
                        Slip.START),
                slip("p-for-its-variance", "takes p for the variance of the answer", "p in place of p(1-p)", Slip.P),
                slip("variance-left-out", "leaves the variance out", "XᵀX/n in place of F", Slip.UNWEIGHTED),
                slip("fisher-summed", "adds the metric up over the samples", "nF in place of F", Slip.SUM),
                slip("diagonal-only", "keeps the diagonal of the metric only", "d_j = g_j/(F_jj + λ)", Slip.DIAGONAL));
    }

    private static List<Mistake> steps() {
        return List.of(
                slip("plain", "steps along the gradient", "d = g in place of (F + λI)⁻¹g", Slip.PLAIN),
                slip("multiplied", "multiplies by the metric", "d = (F + λI)g", Slip.MULTIPLIED),
                slip(
                        "root-of-the-diagonal",
                        "divides by roots of the diagonal, as adaptive rates do",
                        "d_j = g_j/√(F_jj + λ)",
                        Slip.ROOT),
                slip(
                        "gradients-added-up",
                        "applies the metric to the sum of all gradients so far",
                        "g_1 + … + g_t in place of g_t",
                        Slip.ADDED),
                mistake(
                        "starts-at-zero",
                        "ignores the initial parameters",
                        "θ_0 = 0",
                        Twist.input(ConaturalGradient::define, "theta0", Twist.zero())));
    }

    private static Mistake slip(String id, String did, String formula, Slip slip) {
        return mistake(id, did, formula, new Wrong(slip));
    }

    private enum Slip {
        MARQUARDT,
        MIXED,
        LATE,
        NEW,
        START,
        P,
        UNWEIGHTED,
        SUM,
        DIAGONAL,
        PLAIN,
        MULTIPLIED,
        ROOT,
        ADDED
    }

    /** The algorithm with one slip. */
    private record Wrong(Slip slip) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Tensor<R> theta = q.tensor("theta0");
            Tensor<R> sum = Twist.zero().of(theta);
            List<Tensor<R>> thetas = new ArrayList<>();
            for (Tensor<R> g : q.tensor("g").slices()) {
                sum = sum.plus(g);
                Tensor<R> F = fisher(q, theta);
                theta = theta.minus(step(q, F, slip == Slip.ADDED ? sum : g).times(q.scalar("lr")));
                thetas.add(theta);
            }
            return Answer.of("theta", Tensor.stack(thetas));
        }

        private <R extends Real<R>> Tensor<R> fisher(Question<R> q, Tensor<R> theta) {
            Tensor<R> X = q.tensor("X");
            Tensor<R> at = slip == Slip.NEW ? theta : slip == Slip.START ? q.tensor("theta0") : q.tensor("theta_prev");
            Tensor<R> right = Fisher.of(X, at);
            Tensor<R> p = Fisher.logits(X, at).map(R::sigmoid);
            return switch (slip) {
                case P -> Matrices.weighted(X, p);
                case UNWEIGHTED -> Matrices.weighted(X, Twist.constant(1).of(p));
                case SUM -> right.map(x -> x.times(X.size(0)));
                case DIAGONAL -> Matrices.diagonal(right);
                default -> right;
            };
        }

        private <R extends Real<R>> Tensor<R> step(Question<R> q, Tensor<R> F, Tensor<R> g) {
            R lambda = q.scalar("lambda");
            R rest = q.arithmetic().one().minus(lambda);
            int n = q.tensor("X").size(0);
            Tensor<R> A = switch (slip) {
                case MARQUARDT -> F.plus(Matrices.diagonal(F).times(lambda));
                case MIXED -> Matrices.damped(F.times(rest), lambda);
                case LATE -> F;
                default -> Matrices.damped(F, lambda);
            };
            return switch (slip) {
                case LATE -> Fisher.solve(A, g, n).plus(g.times(lambda));
                case PLAIN -> g;
                case MULTIPLIED -> A.matmul(g.reshape(g.size(), 1)).reshape(g.size());
                case ROOT ->
                    Tensor.of(
                            g.arithmetic(),
                            g.shape(),
                            j -> g.at(j).dividedBy(A.get(j, j).sqrt()));
                default -> Fisher.solve(A, g, n);
            };
        }
    }
}
