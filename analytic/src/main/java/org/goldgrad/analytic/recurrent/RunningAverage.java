package org.goldgrad.analytic.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Question;

/**
 * The targets of the averaging task: the mean of everything seen so far.
 *
 * <pre>
 *   y_t = (1/t) Σ_{s≤t} x_s       last = y_T        x, y  time×batch       last  batch
 * </pre>
 */
public final class RunningAverage {
    private RunningAverage() {}

    public static <R extends Real<R>> Answer<R> define(Question<R> q) {
        List<Tensor<R>> x = q.tensor("x").slices();
        List<Tensor<R>> y = new ArrayList<>();
        for (int t = 1; t <= x.size(); t++) {
            int count = t;
            List<Tensor<R>> sequences =
                    Tensor.stack(x.subList(0, t)).transpose().slices();
            y.add(Tensor.vector(
                    sequences.stream().map(seen -> seen.sum().dividedBy(count)).toList()));
        }
        return Answer.of("y", Tensor.stack(y)).and("last", y.get(y.size() - 1));
    }
}
