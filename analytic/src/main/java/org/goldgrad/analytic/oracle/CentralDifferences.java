package org.goldgrad.analytic.oracle;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.arithmetic.Tape;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.arithmetic.Variable;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Question;

/**
 * Derivatives by central differences in double-double.
 *
 * <pre>
 *   ∂L/∂x ≈ (L(x + h) − L(x − h))/2h        h = 2⁻³⁴·max(1, |x|)·shrink, a power of two
 * </pre>
 *
 * <p>Truncation costs about h² = 2⁻⁶⁸ and rounding 2⁻¹⁰⁰/h = 2⁻⁶⁶ of the scale of L, so what is left is usually the
 * double nearest to the derivative. An entry is skipped when relu, abs or max branch differently at x − h, x and x + h:
 * there is a kink in between.
 */
public final class CentralDifferences {
    private final Loss loss;
    private final Question<DoubleDouble> question;

    private final double shrink;

    private CentralDifferences(Loss loss, Question<DoubleDouble> question, double shrink) {
        this.loss = loss;
        this.question = question;
        this.shrink = shrink;
    }

    /**
     * ∂L/∂x for every element x of the named input; empty where a kink is in the way.
     *
     * @param shrink 1, or a smaller power of two for functions that bend sharply
     */
    public static List<OptionalDouble> of(Definition function, Inputs inputs, String input, double shrink) {
        CentralDifferences differences =
                new CentralDifferences(new Loss(function), inputs.in(DoubleDouble.ARITHMETIC), shrink);
        int n = inputs.array(input).size();
        return IntStream.range(0, n).mapToObj(i -> differences.at(input, i)).toList();
    }

    private OptionalDouble at(String input, int element) {
        double x = question.tensor(input).at(element).doubleValue();
        double h = Math.scalb(shrink, Math.max(0, Math.getExponent(x)) - 34);
        Side middle = side(input, element, 0);
        Side right = side(input, element, h);
        Side left = side(input, element, -h);
        if (!right.branches.equals(middle.branches) || !left.branches.equals(middle.branches)) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(right.value.minus(left.value).dividedBy(2 * h).doubleValue());
    }

    private Side side(String input, int element, double shift) {
        Tensor<DoubleDouble> tensor = question.tensor(input);
        Tensor<DoubleDouble> shifted = Tensor.of(
                tensor.arithmetic(),
                tensor.shape(),
                i -> i == element ? tensor.at(i).plus(shift) : tensor.at(i));
        Tape<DoubleDouble> tape = new Tape<>(DoubleDouble.ARITHMETIC);
        Variable<DoubleDouble> value = loss.of(question.with(input, shifted).on(tape));
        return new Side(value.value(), tape.branches());
    }

    private record Side(DoubleDouble value, List<Boolean> branches) {}
}
