package org.goldgrad.analytic.sampling;

import java.util.Locale;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Outputs;

/**
 * What a random answer follows: how each entry is distributed, and in which way entries depend on each other, if they do.
 *
 * <p>The numbers of a law, by name, as the definition of an operation that is sampled gives them:
 *
 * <pre>
 *   sigma            the standard deviation of a normal distribution, before it is cut off
 *   bound            where it is cut off; without sigma that of a uniform distribution
 *   distinct_rows    only so many rows are drawn, and repeated            absent where all are independent
 *   distinct_seeds   1 if the seed is ignored                             absent where it is not
 * </pre>
 *
 * @param distinctRows 0 for all
 * @param seedIgnored whether every seed gives the same answer
 */
public record Law(Distribution entry, int distinctRows, boolean seedIgnored) {
    /** The law of these numbers. */
    public static Law of(Outputs numbers) {
        return new Law(
                entry(numbers),
                (int) number(numbers, "distinct_rows", 0),
                numbers.arrays().containsKey("distinct_seeds"));
    }

    private static Distribution entry(Outputs numbers) {
        double sigma = number(numbers, "sigma", Double.POSITIVE_INFINITY);
        double bound = number(numbers, "bound", Double.POSITIVE_INFINITY);
        if (!(sigma > 0 && bound > 0) || sigma == Double.POSITIVE_INFINITY && bound == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "a law needs a positive sigma, a positive bound, or both, got " + numbers);
        }
        if (bound == Double.POSITIVE_INFINITY) {
            return new Normal(sigma);
        }
        return sigma == Double.POSITIVE_INFINITY ? new Uniform(bound) : Truncated.of(sigma, bound);
    }

    private static double number(Outputs numbers, String name, double otherwise) {
        Array array = numbers.arrays().get(name);
        return array == null ? otherwise : array.value();
    }

    /** Whether all entries of all answers are independent. */
    public boolean isIndependent() {
        return distinctRows == 0 && !seedIgnored;
    }

    static String rounded(double x) {
        return String.format(Locale.ROOT, "%.6g", x);
    }

    @Override
    public String toString() {
        return entry
                + (distinctRows == 0 ? "" : ", " + distinctRows + (distinctRows == 1 ? " row" : " rows") + " repeated")
                + (seedIgnored ? ", whatever the seed" : "");
    }
}
