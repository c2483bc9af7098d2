package org.goldgrad.properties.recurrent;

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
import org.goldgrad.analytic.recurrent.Regression;
import org.goldgrad.analytic.recurrent.VanillaRnn;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Twist;

/** What goes wrong in recurrent regressions; every mistake of the regression is one of its gradient too. */
final class RegressionMistakes {
    private static final List<String> WEIGHTS = List.of("U", "W", "b", "F", "f");

    private RegressionMistakes() {}

    static List<Mistake> ofRegression() {
        return of(UnaryOperator.identity());
    }

    static List<Mistake> ofGradient() {
        Gradient right = gradient(Regression.VANILLA);
        List<Mistake> mistakes = new ArrayList<>(of(RegressionMistakes::gradient));
        mistakes.addAll(
                TimeMistakes.backward(unrolling -> gradient(new Regression(VanillaMistakes.unrolled(unrolling)))));
        mistakes.addAll(GradientMistakes.of(right, WEIGHTS));
        mistakes.add(GradientMistakes.lossUpstreamIgnored(right));
        mistakes.add(mistake(
                "no-output-bias-gradient",
                "gives no gradient to the bias of the linear layer",
                "df = 0",
                Twist.output(right, "df", Twist.zero())));
        return mistakes;
    }

    /** The regression's mistakes, each made by a definition derived from the wrong regression. */
    private static List<Mistake> of(UnaryOperator<Definition> from) {
        Regression right = Regression.VANILLA;
        List<Mistake> mistakes = new ArrayList<>(
                TimeMistakes.forward(unrolling -> from.apply(new Regression(VanillaMistakes.unrolled(unrolling)))));
        mistakes.addAll(ArgumentMistakes.of(right, from, "h0", "W", "b"));
        mistakes.add(mistake(
                "sums-the-errors",
                "adds the squared errors up instead of averaging them",
                "loss = Σ (ŷ - z)² in place of the mean",
                from.apply(new Scaled(Divisor.ONE))));
        mistakes.add(mistake(
                "averages-over-the-batch-only",
                "divides by the batch size only",
                "loss = (1/batch) Σ (ŷ - z)²",
                from.apply(new Scaled(Divisor.BATCH))));
        mistakes.add(mistake(
                "halves-the-loss",
                "halves the loss, or forgets the 2 of the square's derivative",
                "loss = (1/2N) Σ (ŷ - z)²",
                from.apply(Twist.output(right, "loss", Twist.scaled(0.5)))));
        mistakes.add(mistake(
                        "last-prediction-divided-by-all-steps",
                        "divides the last step's error by the number of all steps",
                        "N = T · batch · outputs where only the last step has a target",
                        from.apply(new Scaled(Divisor.TIME)))
                .under("targets", "last"));
        mistakes.add(mistake(
                "predicts-from-the-state-before",
                "reads the prediction off the state before the step",
                "ŷ_t = h_{t-1} F + f",
                from.apply(new Regression(new Late()))));
        mistakes.add(mistake(
                "no-output-bias",
                "leaves out the bias of the linear layer",
                "ŷ_t = h_t F",
                from.apply(Twist.input(right, "f", Twist.zero()))));
        return mistakes;
    }

    private static Gradient gradient(Definition regression) {
        return new Gradient(regression, List.of("x", "h0", "U", "W", "b", "F", "f"));
    }

    /** The number that the sum of squared errors is divided by. */
    private enum Divisor {
        ONE,
        BATCH,
        TIME;

        /** What it makes of a mean over N. */
        double factor(Question<?> q) {
            int[] z = q.tensor("z").shape();
            int N = (q.convention("targets").equals("all") ? z[0] : 1) * z[1] * z[2];
            return switch (this) {
                case ONE -> N;
                case BATCH -> (double) N / z[1];
                case TIME -> 1.0 / z[0];
            };
        }
    }

    private record Scaled(Divisor divisor) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            R factor = q.arithmetic().of(divisor.factor(q));
            return Regression.VANILLA.of(q).changing("loss", loss -> loss.times(factor));
        }
    }

    /** The states, one step late. */
    private record Late() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            return VanillaRnn.LAYER.of(q).changing("h", h -> late(q.tensor("h0"), h));
        }

        private static <R extends Real<R>> Tensor<R> late(Tensor<R> h0, Tensor<R> h) {
            List<Tensor<R>> states = new ArrayList<>(List.of(h0));
            states.addAll(h.slices().subList(0, h.size(0) - 1));
            return Tensor.stack(states);
        }
    }
}
