package org.goldgrad.analytic.initialization;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Question;

/**
 * The expected mean square of the activations of each layer of a network of leaky relus, over its initial weights.
 *
 * <pre>
 *   h_t = g(W_t h_{t-1})      W_t  d_t×d_{t-1}, independent entries, symmetric around 0, of variance σ_t²      h_0 = x
 *   g(a) = a for a > 0, αa otherwise      so E[g(a)²] = (1 + α²)/2 E[a²] for symmetric a
 *   q_t = E[‖h_t‖²]/d_t = ‖x‖²/d_0 Π_{s≤t} d_{s-1} σ_s² (1 + α²)/2
 *   variance=lecun    σ_t² = 1/d_{t-1}      variance=he   σ_t² = 2/d_{t-1}      variance=glorot   σ_t² = 2/(d_{t-1} + d_t)
 *
 *   x  features (d_0)      widths  time (d_1, …)      q  time
 * </pre>
 */
public final class Depth {
    private Depth() {}

    public static <R extends Real<R>> Answer<R> define(Question<R> q) {
        Tensor<R> x = q.tensor("x");
        R kept = q.scalar("slope").square().plus(1).dividedBy(2);
        R before = q.arithmetic().of(x.size());
        R level = x.dot(x).dividedBy(before);
        List<R> levels = new ArrayList<>();
        for (int t = 0; t < q.tensor("widths").size(); t++) {
            R width = q.tensor("widths").at(t);
            level = level.times(growth(q.convention("variance"), before, width)).times(kept);
            levels.add(level);
            before = width;
        }
        return Answer.of("q", Tensor.vector(levels));
    }

    /** d_{t-1} σ_t². */
    private static <R extends Real<R>> R growth(String variance, R before, R width) {
        return switch (variance) {
            case "lecun" -> before.arithmetic().one();
            case "he" -> before.arithmetic().of(2);
            default -> before.times(2).dividedBy(before.plus(width));
        };
    }
}
