package org.goldgrad.analytic.recurrent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Spectrum;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Question;

/**
 * How large the gradient of a regression's loss is at every hidden state, and how large it can be at most.
 *
 * <pre>
 *   Γ_t = ∂L/∂h_t        norms_t = ‖Γ_t‖
 *   bound_t = Σ_{k≥t} (γ‖W‖)^{k−t} ‖∂L_k/∂h_k‖       ∂L_k/∂h_k = (2/N)(ŷ_k − z_k)Fᵀ, k over the steps with a target
 *   norms, bound  time     ‖Γ_t‖  Frobenius, over batch and hidden     ‖W‖ = √λ₁(WᵀW)     γ  the largest |φ′|
 * </pre>
 *
 * With the last target only, bound_t = (γ‖W‖)^{T−t} ‖∂L/∂h_T‖, which vanishes as t goes back if γ‖W‖ < 1 (Pascanu, Mikolov
 * and Bengio 2013).
 */
public record GradientFlow(Regression regression, boolean bounded) implements Definition {
    /** Of the plain layer. */
    public static final GradientFlow VANILLA = new GradientFlow(Regression.VANILLA, true);

    /** Of long short-term memory, where the cell's path is not bounded so. */
    public static final GradientFlow LSTM = new GradientFlow(Regression.LSTM, false);

    @Override
    public <R extends Real<R>> Answer<R> of(Question<R> q) {
        Tensor<R> Gamma = new Gradient(new Squares(regression), List.of(), Map.of("Gamma", "h"))
                .of(q.with("dsquares", Tensor.scalar(q.arithmetic().one())))
                .output("Gamma")
                .map(g -> g.dividedBy(Regression.targets(q, q.tensor("z")).size()));
        Answer<R> norms = Answer.of(
                        "norms",
                        Tensor.vector(
                                Gamma.slices().stream().map(GradientFlow::norm).toList()))
                .through("Gamma", Gamma);
        return bounded
                ? norms.and(
                        "bound",
                        bound(
                                q,
                                operatorNorm(q.tensor("W"))
                                        .times(Nonlinearity.of(q).steepest())))
                : norms;
    }

    /** N times the loss, and the states that it is differentiated by: whatever is divided by N is divided at the end. */
    private record Squares(Regression regression) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Answer<R> answer = regression.of(q);
            return Answer.of("squares", answer.intermediate("squares")).through("h", answer.intermediate("h"));
        }
    }

    /** bound_t = ‖∂L_t/∂h_t‖ + slope·bound_{t+1}, slope = γ‖W‖. */
    public <R extends Real<R>> Tensor<R> bound(Question<R> q, R slope) {
        Tensor<R> error =
                Regression.targets(q, regression.of(q).output("prediction").minus(q.tensor("z")));
        Tensor<R> F = q.tensor("F").transpose();
        List<R> direct = error.slices().stream()
                .map(e -> norm(e.matmul(F)).times(2).dividedBy(error.size()))
                .toList();
        int T = q.tensor("x").size(0);
        List<R> bound = new ArrayList<>(List.of(direct.get(direct.size() - 1)));
        for (int t = T - 2; t >= 0; t--) {
            R later = slope.times(bound.get(bound.size() - 1));
            bound.add(direct.size() == T ? direct.get(t).plus(later) : later);
        }
        Collections.reverse(bound);
        return Tensor.vector(bound);
    }

    /** ‖W‖ = √λ₁(WᵀW). */
    public static <R extends Real<R>> R operatorNorm(Tensor<R> W) {
        return Spectrum.of(W.transpose().matmul(W)).values().at(0).sqrt();
    }

    /** ‖M‖, Frobenius. */
    public static <R extends Real<R>> R norm(Tensor<R> M) {
        return M.dot(M).sqrt();
    }
}
