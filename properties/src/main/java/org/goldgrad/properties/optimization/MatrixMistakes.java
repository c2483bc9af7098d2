package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Twist;

/** What goes wrong where the norm of a matrix is constrained, be it to a ball or to a sphere. */
final class MatrixMistakes {
    private MatrixMistakes() {}

    /** Those about which norm it is. */
    static List<Mistake> of(Definition right, Function<Size, Definition> sized) {
        List<Mistake> mistakes = new ArrayList<>();
        mistakes.add(mistake(
                "spectral-norm",
                "takes the largest singular value for the Frobenius norm",
                "√λ₁(WᵀW) for √ΣW²",
                sized.apply(Size.SPECTRAL)));
        mistakes.add(mistake(
                "row-by-row",
                "projects every row by itself, as max-norm constraints do",
                "‖W_i‖ for ‖W‖",
                new ByRows(right, false)));
        mistakes.add(mistake(
                "column-by-column",
                "projects every column by itself, as max-norm constraints do",
                "‖W_{·j}‖ for ‖W‖",
                new ByRows(right, true)));
        return mistakes;
    }

    /** Those of a projection to the sphere, too, that {@link LimitMistakes} has. */
    static List<Mistake> ofRadius(Definition right) {
        return List.of(
                mistake(
                        "radius-ignored",
                        "takes 1 for the radius",
                        "r = 1",
                        Twist.input(right, "radius", Twist.constant(1))),
                mistake(
                        "radius-squared",
                        "squares the radius",
                        "r² for r",
                        Twist.input(right, "radius", Twist.squared())),
                mistake("sign-lost", "projects magnitudes", "|W| for W", Twist.input(right, "W", Magnitudes.CHANGE)));
    }

    /** Every row, or every column, as a matrix of its own. */
    private record ByRows(Definition right, boolean columns) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Tensor<R> W = columns ? q.tensor("W").transpose() : q.tensor("W");
            Tensor<R> projected = Tensor.stack(W.slices().stream()
                    .map(row -> right.of(q.with("W", row.reshape(1, row.size())))
                            .output("projected")
                            .reshape(row.size()))
                    .toList());
            return Answer.of("projected", columns ? projected.transpose() : projected);
        }
    }
}
