package org.goldgrad.analytic.optimization;

import java.util.Arrays;
import org.goldgrad.analytic.arithmetic.Arithmetic;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;

/**
 * The Euclidean norm of all elements of a tensor, and what is shortened to a limit by it.
 *
 * <pre>
 *   ‖x‖ = s √Σ(xᵢ/s)²       for every s > 0; here s = 2ᵉ ≤ max |xᵢ| < 2ᵉ⁺¹, and 1 where all are 0
 *   shortened = x c/max(n, c)                                    n = ‖x‖, c > 0
 * </pre>
 *
 * With this s no square leaves the range of a format that holds x: the budget of a format asks for no more than that.
 */
public final class Norm {
    private Norm() {}

    /** ‖x‖; its derivative at x = 0 is taken as 0. */
    public static <R extends Real<R>> R of(Tensor<R> x) {
        double s = scale(x);
        Tensor<R> scaled = x.times(x.arithmetic().of(1 / s));
        return root(scaled.dot(scaled)).times(s);
    }

    /** A power of two near the largest magnitude: an exact number, whatever is known of x. */
    private static <R extends Real<R>> double scale(Tensor<R> x) {
        double largest = Arrays.stream(x.elements())
                .mapToDouble(xi -> Math.abs(xi.doubleValue()))
                .max()
                .orElse(0);
        return largest > 0 && Double.isFinite(largest) ? Math.scalb(1.0, Math.getExponent(largest)) : 1;
    }

    /** √x as √(x + z) − z, z = 1 where x = 0 and else 0: the root of 0 has no slope, but this has one. */
    private static <R extends Real<R>> R root(R x) {
        R z = x.arithmetic().one().minus(x.positive());
        return x.plus(z).sqrt().minus(z);
    }

    /** x c/max(n, c), where n is the norm of x or what is taken for it. */
    public static <R extends Real<R>> Tensor<R> shortened(Tensor<R> x, R n, R c) {
        return x.times(c.dividedBy(larger(n, c, x.size())));
    }

    /**
     * max(n, c) as c + [n > c](n − c), which no error budget takes for a kink: the larger of two is never off by more than
     * they are, so that there is an answer at n = c, too. An n that is below c, but by less than it is off, may be taken for
     * the larger one; what it may be off is therefore granted below c as above. Of k elements that are scaled by any number
     * a norm is off by (k+7)/2 nu, and by nu more where something was added to it.
     */
    private static <R extends Real<R>> R larger(R n, R c, int k) {
        Arithmetic<R> arithmetic = n.arithmetic();
        R over = n.minus(c);
        R above = over.positive();
        R below = arithmetic.one().minus(above);
        return arithmetic.honest(c.plus(above.times(over)), below.times(n).times((k + 9) / 2.0));
    }
}
