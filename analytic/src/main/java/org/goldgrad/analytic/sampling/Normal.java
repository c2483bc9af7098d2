package org.goldgrad.analytic.sampling;

/** N(0, σ²). */
record Normal(double sigma) implements Distribution {
    @Override
    public double beyond(double x) {
        return 2 * StandardNormal.above(x / sigma);
    }

    @Override
    public double quantileBeyond(double p) {
        return sigma * StandardNormal.quantileAbove(p / 2);
    }

    @Override
    public double bound() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public double standardDeviation() {
        return sigma;
    }

    @Override
    public double kurtosis() {
        return 3;
    }

    @Override
    public double score(double x, double grid) {
        return x / sigma;
    }

    @Override
    public Distribution scaled(double c) {
        return new Normal(c * sigma);
    }

    @Override
    public String toString() {
        return "N(0, " + Law.rounded(sigma) + "²)";
    }
}
