package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.recurrent.GradientFlow;
import org.goldgrad.analytic.recurrent.Nonlinearity;
import org.goldgrad.analytic.recurrent.Regression;
import org.goldgrad.analytic.recurrent.VanillaRnn;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Twist;

/** What goes wrong where gradient norms are collected over time. */
final class GradientFlowMistakes {
    private GradientFlowMistakes() {}

    static List<Mistake> ofVanilla() {
        GradientFlow right = GradientFlow.VANILLA;
        List<Mistake> mistakes = new ArrayList<>(of(right));
        mistakes.addAll(TimeMistakes.forward(
                unrolling -> new GradientFlow(new Regression(VanillaMistakes.unrolled(unrolling)), true)));
        mistakes.add(mistake(
                        "norms-of-pre-activations",
                        "measures the gradient before the nonlinearity instead of behind it",
                        "‖∂L/∂a_t‖ in place of ‖∂L/∂h_t‖",
                        new BeforeNonlinearity())
                .except("nonlinearity", "identity"));
        mistakes.add(mistake(
                        "bound-by-slope-one",
                        "takes 1 for the steepest slope of the logistic function",
                        "γ = 1 in place of 1/4",
                        new Bound(Slope.OF_ONE))
                .under("nonlinearity", "sigmoid"));
        mistakes.add(mistake(
                "bound-by-squared-weights",
                "multiplies by ‖W‖² at every step",
                "(γ‖W‖²)^{k-t} in place of (γ‖W‖)^{k-t}",
                new Bound(Slope.SQUARED)));
        mistakes.add(mistake(
                "bound-by-the-frobenius-norm",
                "takes the Frobenius norm of W for its operator norm",
                "‖W‖ = √Σ w² in place of √λ₁(WᵀW): a bound still, but one that grows where the gradient vanishes",
                new Bound(Slope.FROBENIUS)));
        mistakes.add(mistake(
                "bound-in-reverse",
                "counts the steps from the beginning instead of from the end",
                "bound_{T+1-t} in place of bound_t",
                Twist.output(right, "bound", Twist.reversed())));
        return mistakes;
    }

    static List<Mistake> ofLstm() {
        GradientFlow right = GradientFlow.LSTM;
        List<Mistake> mistakes = new ArrayList<>(of(right));
        mistakes.add(mistake(
                "ignores-c0", "ignores the initial cell state", "C_0 = 0", Twist.input(right, "c0", Twist.zero())));
        mistakes.add(InaccurateTanh.mistake(new GradientFlow(new Regression(InaccurateTanh.LSTM), false)));
        return mistakes;
    }

    /** Those of any layer. */
    private static List<Mistake> of(GradientFlow right) {
        Regression detached = new Regression(new Detached(right.regression().layer()));
        return List.of(
                mistake(
                        "no-gradient-through-time",
                        "leaves out what comes back from later steps",
                        "‖∂L_t/∂h_t‖ in place of ‖∂L/∂h_t‖",
                        new GradientFlow(detached, right.bounded())),
                mistake(
                        "squared-norms",
                        "forgets the root",
                        "‖Γ_t‖² in place of ‖Γ_t‖",
                        Twist.output(right, "norms", Twist.squared())),
                mistake(
                        "norms-in-reverse",
                        "lists the norms in processing order, last step first",
                        "norms_{T+1-t} in place of norms_t",
                        Twist.output(right, "norms", Twist.reversed())),
                mistake(
                        "largest-entry",
                        "takes the largest entry for the norm",
                        "max |Γ_t| in place of ‖Γ_t‖",
                        new Measured(right, Size.LARGEST)),
                mistake(
                        "sum-of-magnitudes",
                        "adds up magnitudes for the norm",
                        "Σ|Γ_t| in place of ‖Γ_t‖",
                        new Measured(right, Size.SUM)),
                mistake(
                        "root-mean-square",
                        "averages the squares instead of adding them",
                        "‖Γ_t‖/√(batch · hidden)",
                        new Measured(right, Size.MEAN)),
                mistake(
                        "half-the-error",
                        "forgets the 2 of the square's derivative",
                        "(1/N)(ŷ - z) in place of (2/N)(ŷ - z)",
                        Twist.output(right, "norms", Twist.scaled(0.5))),
                mistake("ignores-h0", "ignores the initial state", "h_0 = 0", Twist.input(right, "h0", Twist.zero())),
                mistake("no-bias", "leaves out the bias", "b = 0", Twist.input(right, "b", Twist.zero())));
    }

    /** A layer whose states are taken for constants by what comes after them. */
    private record Detached(Definition layer) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            return layer.of(q).changing("h", h -> h.map(R::detach));
        }
    }

    /** ∂L/∂a_t = Γ_t ⊙ φ'(a_t). */
    private record BeforeNonlinearity() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Nonlinearity phi = Nonlinearity.of(q);
            Tensor<R> slopes = VanillaRnn.LAYER.of(q).intermediate("a").map(a -> CellMistakes.slope(phi, a));
            Answer<R> flow = GradientFlow.VANILLA.of(q);
            Tensor<R> delta = flow.intermediate("Gamma").times(slopes);
            List<R> norms = delta.slices().stream().map(GradientFlow::norm).toList();
            return flow.and("norms", Tensor.vector(norms));
        }
    }

    private enum Slope {
        OF_ONE,
        SQUARED,
        FROBENIUS;

        <R extends Real<R>> R of(Question<R> q) {
            Tensor<R> W = q.tensor("W");
            double gamma = Nonlinearity.of(q).steepest();
            return switch (this) {
                case OF_ONE -> GradientFlow.operatorNorm(W);
                case SQUARED -> GradientFlow.operatorNorm(W).square().times(gamma);
                case FROBENIUS -> GradientFlow.norm(W).times(gamma);
            };
        }
    }

    /** bound_t with another slope in place of γ‖W‖. */
    private record Bound(Slope slope) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            return GradientFlow.VANILLA.of(q).and("bound", GradientFlow.VANILLA.bound(q, slope.of(q)));
        }
    }

    private enum Size {
        LARGEST,
        SUM,
        MEAN;

        <R extends Real<R>> R of(Tensor<R> M) {
            return switch (this) {
                case LARGEST ->
                    List.of(M.map(R::abs).elements()).stream().reduce(R::max).orElseThrow();
                case SUM -> M.map(R::abs).sum();
                case MEAN -> M.dot(M).dividedBy(M.size()).sqrt();
            };
        }
    }

    /** Gradients measured in another way. */
    private record Measured(GradientFlow right, Size size) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Answer<R> flow = right.of(q);
            List<R> norms = flow.intermediate("Gamma").slices().stream()
                    .map(Gamma -> size.of(Gamma))
                    .toList();
            return flow.and("norms", Tensor.vector(norms));
        }
    }
}
