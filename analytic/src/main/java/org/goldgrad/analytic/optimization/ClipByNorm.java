package org.goldgrad.analytic.optimization;

import java.util.List;
import java.util.stream.IntStream;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Question;

/**
 * Clipping gradients by their norm (Pascanu, Mikolov and Bengio 2013, Algorithm 1).
 *
 * <pre>
 *   clipped = g c/max(n, c)          c = limit > 0
 *   none     n = ‖g‖                 added   n = ‖g‖ + 10⁻⁶
 *   global   ‖g‖ over all tensors    tensor  one norm for each, i = 1 … tensors
 *   g, clipped  tensors×parameters
 * </pre>
 */
public final class ClipByNorm {
    private static final double ADDED = 1e-6;

    private ClipByNorm() {}

    public static <R extends Real<R>> Answer<R> define(Question<R> q) {
        Tensor<R> g = q.tensor("g");
        R c = q.scalar("limit");
        if (q.convention("scope").equals("global")) {
            R norm = Norm.of(g);
            return Answer.of("clipped", Norm.shortened(g, compared(q, norm), c)).through("norm", Tensor.scalar(norm));
        }
        List<R> norms = g.slices().stream().map(Norm::of).toList();
        Tensor<R> clipped = Tensor.stack(IntStream.range(0, norms.size())
                .mapToObj(i -> Norm.shortened(g.slice(i), compared(q, norms.get(i)), c))
                .toList());
        return Answer.of("clipped", clipped).through("norms", Tensor.vector(norms));
    }

    /** What is compared with the limit; 10⁻⁶ as each format knows it. */
    public static <R extends Real<R>> R compared(Question<R> q, R norm) {
        if (q.convention("epsilon").equals("none")) {
            return norm;
        }
        R added = q.arithmetic().of(ADDED);
        return norm.plus(q.arithmetic().honest(added, added));
    }
}
