package org.goldgrad.analytic.recurrent;

import java.util.List;
import org.goldgrad.analytic.arithmetic.Affine;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;

/**
 * A recurrent layer with a linear one on top, and the mean squared error of its predictions.
 *
 * <pre>
 *   ŷ_t = h_t F + f        loss = (1/N) Σ (ŷ_t − z_t)²  over every target: all t, or t = T only, and batch and outputs
 *   F  hidden×outputs      f  outputs      z, ŷ = prediction  time×batch×outputs      N  the number of targets
 *   h  of the layer, from whatever inputs it takes       which t  the convention "targets"
 * </pre>
 */
public record Regression(Definition layer) implements Definition {
    /** Over the plain layer. */
    public static final Regression VANILLA = new Regression(VanillaRnn.LAYER);

    /** Over long short-term memory. */
    public static final Regression LSTM = new Regression(Lstm.LAYER);

    @Override
    public <R extends Real<R>> Answer<R> of(Question<R> q) {
        Tensor<R> h = layer.of(q).output("h");
        Tensor<R> prediction = Tensor.stack(h.slices().stream()
                .map(ht -> Affine.of(ht, q.tensor("F")).plus(q.tensor("f")).sum())
                .toList());
        Tensor<R> error = targets(q, prediction.minus(q.tensor("z")));
        R squares = error.dot(error);
        return Answer.of("prediction", prediction)
                .and("loss", squares.dividedBy(error.size()))
                .through("h", h)
                .through("squares", Tensor.scalar(squares));
    }

    /** What there is a target for, of something that there is at every step. */
    static <R extends Real<R>> Tensor<R> targets(Question<R> q, Tensor<R> steps) {
        return q.convention("targets").equals("all") ? steps : Tensor.stack(List.of(steps.slice(steps.size(0) - 1)));
    }
}
