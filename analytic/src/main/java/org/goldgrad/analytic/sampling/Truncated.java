package org.goldgrad.analytic.sampling;

/**
 * N(0, σ²) given that |X| ≤ b.
 *
 * <pre>
 *   a = b/σ     P(|X| > x) = (P(Z > x/σ) − P(Z > a)) / (½ − P(Z > a))
 *   E[X²] = σ²(1 − h)      E[X⁴] = σ⁴(3 − (3 + a²)h)      h = 2aφ(a)/(1 − 2P(Z > a))
 * </pre>
 *
 * @param cut P(Z > a)
 */
record Truncated(double sigma, double bound, double cut) implements Distribution {
    static Truncated of(double sigma, double bound) {
        return new Truncated(sigma, bound, StandardNormal.above(bound / sigma));
    }

    @Override
    public double beyond(double x) {
        return x >= bound ? 0 : Math.max(0, (StandardNormal.above(x / sigma) - cut) / (0.5 - cut));
    }

    @Override
    public double quantileBeyond(double p) {
        return sigma * StandardNormal.quantileAbove(cut + p * (0.5 - cut));
    }

    private double loss() {
        double a = bound / sigma;
        double density = StrictMath.exp(-a * a / 2) / StrictMath.sqrt(2 * Math.PI);
        return 2 * a * density / (1 - 2 * cut);
    }

    @Override
    public double standardDeviation() {
        return sigma * StrictMath.sqrt(1 - loss());
    }

    @Override
    public double kurtosis() {
        double a = bound / sigma;
        double h = loss();
        return (3 - (3 + a * a) * h) / ((1 - h) * (1 - h));
    }

    @Override
    public Distribution scaled(double c) {
        return new Truncated(c * sigma, c * bound, cut);
    }

    @Override
    public String toString() {
        return "N(0, " + Law.rounded(sigma) + "²) within ±" + Law.rounded(bound);
    }
}
