package org.goldgrad.analytic.oracle;

import java.util.LinkedHashMap;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;

/**
 * How fast the first-order Taylor remainder shrinks along a direction: order 2 if the gradient is right, 1 if it is not.
 *
 * <pre>
 *   r(h) = |L(x + hp) − L(x) − h⟨g, p⟩|        order = log₂(r(h)/r(h/2))        p = (1, −1, 1, …), h = 2⁻²⁴
 * </pre>
 *
 * <p>Unlike a comparison entry by entry, one number for a whole gradient, without any tolerance (Farrell et al. 2013).
 */
public final class TaylorRemainder {
    private static final double H = 0x1p-24;

    private TaylorRemainder() {}

    /**
     * The larger of the orders observed at h and at h/16, as terms of second and third order may cancel at one of them, of a
     * gradient {@code g} (arrays named like {@link Gradient#nameFor}); infinite if the remainder
     * is lost in rounding, as for a function linear along the direction.
     */
    public static double order(Definition function, Inputs inputs, Outputs gradient) {
        return Math.max(order(function, inputs, gradient, H), order(function, inputs, gradient, H / 16));
    }

    private static double order(Definition function, Inputs inputs, Outputs gradient, double h) {
        double whole = remainder(function, inputs, gradient, h);
        double half = remainder(function, inputs, gradient, h / 2);
        return half == 0 ? Double.POSITIVE_INFINITY : StrictMath.log(whole / half) / StrictMath.log(2);
    }

    private static double remainder(Definition function, Inputs inputs, Outputs gradient, double h) {
        Loss loss = new Loss(function);
        Question<DoubleDouble> question = inputs.in(DoubleDouble.ARITHMETIC);
        DoubleDouble base = loss.of(question);
        DoubleDouble linear = DoubleDouble.ARITHMETIC.zero();
        double size = 0;
        Map<String, Tensor<DoubleDouble>> moved = new LinkedHashMap<>(question.tensors());
        for (String input : inputs.arrays().keySet()) {
            if (!gradient.arrays().containsKey(Gradient.nameFor(input))) {
                continue;
            }
            Tensor<DoubleDouble> x = question.tensor(input);
            moved.put(input, Tensor.of(x.arithmetic(), x.shape(), i -> x.at(i).plus(i % 2 == 0 ? h : -h)));
            double[] g = gradient.array(Gradient.nameFor(input)).elements();
            for (int i = 0; i < g.length; i++) {
                linear = linear.plus(i % 2 == 0 ? g[i] : -g[i]);
                size += Math.abs(g[i]);
            }
        }
        DoubleDouble there =
                loss.of(new Question<>(question.arithmetic(), moved, question.integers(), question.conventions()));
        double remainder = Math.abs(there.minus(base).minus(linear.times(h)).doubleValue());
        // L in double-double, and g rounded to doubles.
        double noise = 0x1p-94 * (1 + Math.abs(base.doubleValue())) + 0x1p-52 * h * size;
        return remainder <= noise ? 0 : remainder;
    }
}
