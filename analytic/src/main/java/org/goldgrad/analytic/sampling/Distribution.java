package org.goldgrad.analytic.sampling;

/**
 * How a number X is distributed, symmetrically around 0 and without atoms: normal, uniform, or normal but cut off.
 *
 * <pre>
 *   score(x) = Φ⁻¹(P(X ≤ x))      is standard normal if X is so distributed (Rosenblatt 1952), so that what is known exactly
 *                                 of normal samples is known exactly of all
 * </pre>
 */
public sealed interface Distribution permits Normal, Uniform, Truncated {
    /** P(|X| > x) for x ≥ 0, without cancellation where it is small. */
    double beyond(double x);

    /** The x with P(|X| > x) = p. */
    double quantileBeyond(double p);

    /** What |X| never exceeds; ∞ if nothing. */
    double bound();

    double standardDeviation();

    /** E[X⁴]/E[X²]²: 3 for a normal distribution, 9/5 for a uniform one. */
    double kurtosis();

    /** In words: {@code N(0, 0.125²)}. */
    @Override
    String toString();

    /**
     * The normal score of x, that of a number at the bound or beyond it as if it were just within.
     *
     * @param grid how coarse the numbers are from which implementations draw: half the spacing of their uniform numbers
     */
    default double score(double x, double grid) {
        return Math.copySign(StandardNormal.quantileAbove(Math.max(beyond(Math.abs(x)) / 2, grid)), x);
    }

    /** The x whose P(X ≤ x) is u. */
    default double quantile(double u) {
        return u < 0.5 ? -quantileBeyond(2 * u) : quantileBeyond(2 * (1 - u));
    }

    /** The distribution of cX, c > 0. */
    Distribution scaled(double c);
}
