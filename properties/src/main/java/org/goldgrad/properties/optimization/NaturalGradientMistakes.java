package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.optimization.Fisher;
import org.goldgrad.analytic.optimization.NaturalGradient;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Twist;

/** What goes wrong in natural gradient descent: in the metric, in the gradient, in how the one is applied to the other. */
final class NaturalGradientMistakes {
    private NaturalGradientMistakes() {}

    static List<Mistake> all() {
        Definition right = NaturalGradient::define;
        List<Mistake> mistakes = new ArrayList<>(StepMistakes.of(right, "X", "y"));
        mistakes.addAll(metrics());
        mistakes.addAll(gradients());
        mistakes.addAll(steps());
        return mistakes;
    }

    private static List<Mistake> metrics() {
        return List.of(
                slip(
                        "empirical-fisher",
                        "takes the gradients at the labels for those at the model's own answers",
                        "diag((p-y)²) in place of diag(p(1-p))",
                        Slip.EMPIRICAL),
                slip("p-for-its-variance", "takes p for the variance of the answer", "p in place of p(1-p)", Slip.P),
                slip("variance-left-out", "leaves the variance out", "XᵀX/n in place of F", Slip.UNWEIGHTED),
                slip("fisher-summed", "adds the metric up where the gradient is a mean", "nF in place of F", Slip.SUM),
                slip("diagonal-only", "keeps the diagonal of the metric only", "d_j = g_j/F_jj", Slip.DIAGONAL),
                slip(
                        "fisher-of-the-first-step",
                        "does not compute the metric again",
                        "F_1(θ_0) in place of F_t(θ_{t-1})",
                        Slip.FIRST),
                slip(
                        "fisher-at-the-first-parameters",
                        "computes the metric on new batches, but at the first parameters",
                        "F_t(θ_0) in place of F_t(θ_{t-1})",
                        Slip.START),
                slip("damped", "adds damping that was not asked for", "F + I/1024 in place of F", Slip.DAMPED));
    }

    private static List<Mistake> gradients() {
        return List.of(
                slip(
                        "gradient-summed",
                        "adds the gradient up where the metric is a mean",
                        "Xᵀ(p - y) in place of Xᵀ(p - y)/n",
                        Slip.GRADIENT_SUM),
                slip(
                        "squared-error",
                        "differentiates the squared error",
                        "Xᵀ((p - y)p(1-p))/n in place of Xᵀ(p - y)/n",
                        Slip.SQUARES),
                slip("labels-of-both-signs", "takes labels to be -1 and 1", "2y - 1 in place of y", Slip.SIGNS),
                mistake(
                        "labels-ignored",
                        "leaves the labels out",
                        "y = 0",
                        Twist.input(NaturalGradient::define, "y", Twist.zero())));
    }

    private static List<Mistake> steps() {
        return List.of(
                slip("plain", "steps along the gradient", "d = g in place of F⁻¹g", Slip.PLAIN),
                slip("multiplied", "multiplies by the metric", "d = Fg in place of F⁻¹g", Slip.MULTIPLIED),
                slip(
                        "root-of-the-diagonal",
                        "divides by roots of the diagonal, as adaptive rates do",
                        "d_j = g_j/√F_jj",
                        Slip.ROOT),
                slip("applied-twice", "solves twice", "d = F⁻²g in place of F⁻¹g", Slip.TWICE),
                slip("of-unit-length", "normalises the step in the metric", "d/√(gᵀd) in place of d", Slip.NORMALISED));
    }

    private static Mistake slip(String id, String did, String formula, Slip slip) {
        return mistake(id, did, formula, new Wrong(slip));
    }

    private enum Slip {
        EMPIRICAL,
        P,
        UNWEIGHTED,
        SUM,
        DIAGONAL,
        FIRST,
        START,
        DAMPED,
        GRADIENT_SUM,
        SQUARES,
        SIGNS,
        PLAIN,
        MULTIPLIED,
        ROOT,
        TWICE,
        NORMALISED
    }

    /** The algorithm with one slip. */
    private record Wrong(Slip slip) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Tensor<R> theta = q.tensor("theta0");
            List<Tensor<R>> thetas = new ArrayList<>();
            for (int t = 0; t < q.tensor("X").size(0); t++) {
                Tensor<R> X = q.tensor("X").slice(t);
                Tensor<R> y = q.tensor("y").slice(t);
                Tensor<R> F = slip == Slip.FIRST
                        ? Fisher.of(q.tensor("X").slice(0), q.tensor("theta0"))
                        : fisher(X, y, slip == Slip.START ? q.tensor("theta0") : theta);
                theta = theta.minus(step(F, gradient(X, y, theta), X.size(0)).times(q.scalar("lr")));
                thetas.add(theta);
            }
            return Answer.of("theta", Tensor.stack(thetas));
        }

        private <R extends Real<R>> Tensor<R> fisher(Tensor<R> X, Tensor<R> y, Tensor<R> theta) {
            Tensor<R> right = Fisher.of(X, theta);
            Tensor<R> p = Fisher.logits(X, theta).map(R::sigmoid);
            return switch (slip) {
                case EMPIRICAL -> Matrices.weighted(X, p.minus(y).times(p.minus(y)));
                case P -> Matrices.weighted(X, p);
                case UNWEIGHTED -> Matrices.weighted(X, Twist.constant(1).of(p));
                case SUM -> right.map(x -> x.times(X.size(0)));
                case DIAGONAL -> Matrices.diagonal(right);
                case DAMPED -> Matrices.damped(right, right.arithmetic().of(0x1p-10));
                default -> right;
            };
        }

        private <R extends Real<R>> Tensor<R> gradient(Tensor<R> X, Tensor<R> y, Tensor<R> theta) {
            Tensor<R> z = Fisher.logits(X, theta);
            Tensor<R> p = z.map(R::sigmoid);
            return switch (slip) {
                case GRADIENT_SUM -> NaturalGradient.gradient(X, y, theta).map(x -> x.times(X.size(0)));
                case SQUARES -> {
                    Tensor<R> slope = p.times(z.map(zi -> zi.negate().sigmoid()));
                    // The labels that leave (p − y)p(1−p) of p.
                    yield NaturalGradient.gradient(X, p.minus(p.minus(y).times(slope)), theta);
                }
                case SIGNS ->
                    NaturalGradient.gradient(X, y.map(yi -> yi.times(2).minus(1)), theta);
                default -> NaturalGradient.gradient(X, y, theta);
            };
        }

        private <R extends Real<R>> Tensor<R> step(Tensor<R> F, Tensor<R> g, int n) {
            return switch (slip) {
                case PLAIN -> g;
                case MULTIPLIED -> F.matmul(g.reshape(g.size(), 1)).reshape(g.size());
                case ROOT ->
                    Tensor.of(
                            g.arithmetic(),
                            g.shape(),
                            j -> g.at(j).dividedBy(F.get(j, j).sqrt()));
                case TWICE -> Fisher.solve(F, Fisher.solve(F, g, n), n);
                case NORMALISED -> {
                    Tensor<R> d = Fisher.solve(F, g, n);
                    R length = g.dot(d).sqrt();
                    yield d.map(x -> x.dividedBy(length));
                }
                default -> Fisher.solve(F, g, n);
            };
        }
    }
}
