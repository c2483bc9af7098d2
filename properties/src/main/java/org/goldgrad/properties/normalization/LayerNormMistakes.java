package org.goldgrad.properties.normalization;

import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.normalization.LayerNorm;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Twist;

/** What goes wrong in layer normalisation. */
final class LayerNormMistakes {
    private static final List<String> INPUTS = List.of("x", "gamma", "beta");

    private LayerNormMistakes() {}

    static List<Mistake> ofLayer() {
        return all(UnaryOperator.identity());
    }

    static List<Mistake> ofGradient() {
        List<Mistake> mistakes = new ArrayList<>(all(wrong -> new Gradient(wrong, INPUTS)));
        mistakes.add(mistake(
                        "statistics-as-constants",
                        "treats mean and variance as constants",
                        "dx = γ dy/√(v+ε) instead of the whole derivative",
                        new Gradient(new Wrong(Slip.DETACHED), INPUTS))
                .seenIn("https://github.com/facebookresearch/CrypTen/pull/143"));
        mistakes.add(mistake(
                "variance-as-constant",
                "treats the variance as a constant",
                "the term through v is missing from dx",
                new Gradient(new Wrong(Slip.DETACHED_VARIANCE), INPUTS)));
        mistakes.add(mistake(
                "mean-as-constant",
                "treats the mean as a constant",
                "the term through the mean is missing from dx",
                new Gradient(new Wrong(Slip.DETACHED_MEAN), INPUTS)));
        mistakes.add(mistake(
                "dgamma-from-raw-x",
                "multiplies by x where the normalised x belongs",
                "dγ = Σ dy ⊙ x",
                new RawGamma()));
        mistakes.add(mistake(
                "dbeta-averaged",
                "averages dβ over the rows instead of adding",
                "dβ = mean of dy",
                new AveragedBeta()));
        mistakes.add(mistake("gamma-missing-from-dx", "leaves γ out of dx", "γ = 1 in dx", new UnscaledInput()));
        return mistakes;
    }

    private static List<Mistake> all(UnaryOperator<Definition> from) {
        Definition right = LayerNorm::define;
        List<Mistake> mistakes = new ArrayList<>();
        mistakes.add(mistake(
                        "unbiased-variance",
                        "divides the variance by n - 1",
                        "v = Σ(x-μ)²/(n-1)",
                        from.apply(new Wrong(Slip.UNBIASED)))
                .seenIn("https://github.com/hyunwoongko/transformer/issues/7"));
        mistakes.add(mistake(
                        "epsilon-outside-the-root",
                        "adds ε to the deviation",
                        "(x-μ)/(√v + ε)",
                        from.apply(new Wrong(Slip.EPSILON_OUTSIDE)))
                .seenIn("https://github.com/tracel-ai/burn/issues/2185"));
        mistakes.add(
                mistake("epsilon-ignored", "ignores ε", "(x-μ)/√v", from.apply(Twist.input(right, "eps", Twist.zero())))
                        .seenIn("https://github.com/VeriSilicon/TIM-VX/pull/589"));
        mistakes.add(mistake(
                        "square-for-root",
                        "squares where it should take the root",
                        "(x-μ)/(v+ε)²",
                        from.apply(new Wrong(Slip.SQUARE)))
                .seenIn("https://github.com/131250208/TPlinker-joint-extraction/issues/37"));
        mistakes.add(mistake("no-root", "forgets the root", "(x-μ)/(v+ε)", from.apply(new Wrong(Slip.ROOTLESS))));
        mistakes.add(mistake(
                        "normalises-over-time",
                        "normalises over axis 1 where features are last",
                        "sums over time instead of features",
                        from.apply(new Wrong(Slip.OVER_TIME)))
                .seenIn("https://github.com/tensorflow/addons/pull/2142"));
        mistakes.add(mistake(
                "normalises-over-batch",
                "normalises over the batch",
                "sums over the batch instead of features",
                from.apply(new Wrong(Slip.OVER_BATCH))));
        mistakes.add(mistake(
                "not-centered", "does not subtract the mean", "x/√(v+ε)", from.apply(new Wrong(Slip.UNCENTERED))));
        mistakes.add(mistake(
                "gamma-ignored", "ignores γ", "γ = 1", from.apply(Twist.input(right, "gamma", Twist.constant(1)))));
        mistakes.add(
                mistake("beta-ignored", "ignores β", "β = 0", from.apply(Twist.input(right, "beta", Twist.zero()))));
        mistakes.add(mistake(
                        "one-pass-variance",
                        "computes the variance in one pass",
                        "v = (1/n)Σx² - μ², which cancels when |μ| is large beside √v",
                        from.apply(new Wrong(Slip.ONE_PASS)))
                .inRounding()
                .seenIn("https://github.com/pytorch/pytorch/issues/51102"));
        return mistakes;
    }

    private enum Slip {
        UNBIASED,
        EPSILON_OUTSIDE,
        SQUARE,
        ROOTLESS,
        OVER_TIME,
        OVER_BATCH,
        UNCENTERED,
        ONE_PASS,
        DETACHED,
        DETACHED_VARIANCE,
        DETACHED_MEAN
    }

    /** Layer normalisation with one slip. */
    private record Wrong(Slip slip) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Tensor<R> x = q.tensor("x");
            int features = x.size(2);
            int n = slip == Slip.OVER_TIME ? x.size(1) : slip == Slip.OVER_BATCH ? x.size(0) : features;
            R[] means = q.arithmetic().array(x.size());
            R[] variances = q.arithmetic().array(x.size());
            R[] y = q.arithmetic().array(x.size());
            for (int i = 0; i < x.size(); i++) {
                Tensor<R> row = row(x, i, n);
                R mean = row.sum().dividedBy(n);
                R shift = slip == Slip.DETACHED || slip == Slip.DETACHED_MEAN ? mean.detach() : mean;
                R variance = variance(row, n);
                R spread = slip == Slip.DETACHED || slip == Slip.DETACHED_VARIANCE ? variance.detach() : variance;
                R top = slip == Slip.UNCENTERED ? x.at(i) : x.at(i).minus(shift);
                y[i] = top.dividedBy(scale(spread, q.scalar("eps")))
                        .times(q.tensor("gamma").at(i % features))
                        .plus(q.tensor("beta").at(i % features));
                means[i] = mean;
                variances[i] = variance;
            }
            int[] rows = {x.size(0), x.size(1)};
            return Answer.of("y", Tensor.of(q.arithmetic(), x.shape(), i -> y[i]))
                    .and("mean", Tensor.of(q.arithmetic(), rows, i -> means[i * features]))
                    .and("variance", Tensor.of(q.arithmetic(), rows, i -> variances[i * features]));
        }

        /** The numbers that are normalised together with the element at a position. */
        private <R extends Real<R>> Tensor<R> row(Tensor<R> x, int position, int n) {
            int features = x.size(2);
            int stride = slip == Slip.OVER_TIME ? features : slip == Slip.OVER_BATCH ? features * x.size(1) : 1;
            int first = position - position / stride % n * stride;
            return Tensor.of(x.arithmetic(), new int[] {n}, k -> x.at(first + k * stride));
        }

        private <R extends Real<R>> R variance(Tensor<R> row, int n) {
            R mean = row.sum().dividedBy(n);
            if (slip == Slip.ONE_PASS) {
                return row.dot(row).dividedBy(n).minus(mean.square());
            }
            Tensor<R> centered = row.map(x -> x.minus(mean));
            return centered.dot(centered).dividedBy(slip == Slip.UNBIASED ? n - 1 : n);
        }

        private <R extends Real<R>> R scale(R variance, R eps) {
            return switch (slip) {
                case EPSILON_OUTSIDE -> variance.sqrt().plus(eps);
                case SQUARE -> variance.plus(eps).square();
                case ROOTLESS -> variance.plus(eps);
                default -> variance.plus(eps).sqrt();
            };
        }
    }

    private record RawGamma() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            return new Gradient(LayerNorm::define, INPUTS).of(q).changing("dgamma", unused -> {
                Tensor<R> product = q.tensor("dy").times(q.tensor("x"));
                int n = product.size(2);
                return Tensor.stack(product.reshape(product.size() / n, n).transpose().slices().stream()
                        .map(column -> Tensor.scalar(column.sum()))
                        .toList());
            });
        }
    }

    private record AveragedBeta() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            int rows = q.tensor("x").size(0) * q.tensor("x").size(1);
            return new Gradient(LayerNorm::define, INPUTS)
                    .of(q)
                    .changing("dbeta", sum -> sum.map(x -> x.dividedBy(rows)));
        }
    }

    private record UnscaledInput() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Gradient gradient = new Gradient(LayerNorm::define, INPUTS);
            Tensor<R> ones = Twist.constant(1).of(q.tensor("gamma"));
            return gradient.of(q).and("dx", gradient.of(q.with("gamma", ones)).output("dx"));
        }
    }
}
