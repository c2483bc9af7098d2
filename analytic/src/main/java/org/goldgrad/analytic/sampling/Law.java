package org.goldgrad.analytic.sampling;

import java.util.Locale;
import java.util.Set;
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
 *   distinct_seeds   1 if every seed gives the same                       absent where each gives its own
 *   fresh            1 if the same seed gives others every time           absent where it gives the same
 * </pre>
 *
 * @param distinctRows 0 for all
 */
public record Law(Distribution entry, int distinctRows, Seeding seeding) {
    /** What the seed of a question does. */
    public enum Seeding {
        /** It decides the answer. */
        FOLLOWED(""),
        /** Nothing: the answer is always the same. */
        IGNORED(", whatever the seed"),
        /** Nothing: the answer is another one every time. */
        ABSENT(", other ones every time");

        private final String words;

        Seeding(String words) {
            this.words = words;
        }
    }

    /** A law whose entries are all independent. */
    public static Law of(Distribution entry) {
        return new Law(entry, 0, Seeding.FOLLOWED);
    }

    /** The law of these numbers. */
    public static Law of(Outputs numbers) {
        return new Law(
                entry(numbers),
                (int) number(numbers, "distinct_rows", 0),
                seeding(numbers.arrays().keySet()));
    }

    private static Seeding seeding(Set<String> names) {
        return names.contains("distinct_seeds")
                ? Seeding.IGNORED
                : names.contains("fresh") ? Seeding.ABSENT : Seeding.FOLLOWED;
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
        return distinctRows == 0 && seeding == Seeding.FOLLOWED;
    }

    static String rounded(double x) {
        return String.format(Locale.ROOT, "%.6g", x);
    }

    @Override
    public String toString() {
        return entry
                + (distinctRows == 0 ? "" : ", " + distinctRows + (distinctRows == 1 ? " row" : " rows") + " repeated")
                + seeding.words;
    }
}
