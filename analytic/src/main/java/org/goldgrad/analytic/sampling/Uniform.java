package org.goldgrad.analytic.sampling;

/** U(−b, b). */
record Uniform(double bound) implements Distribution {
    private static final double SQRT3 = StrictMath.sqrt(3);

    @Override
    public double beyond(double x) {
        return Math.max(0, (bound - x) / bound);
    }

    @Override
    public double quantileBeyond(double p) {
        return bound * (1 - p);
    }

    @Override
    public double standardDeviation() {
        return bound / SQRT3;
    }

    @Override
    public double kurtosis() {
        return 1.8;
    }

    @Override
    public Distribution scaled(double c) {
        return new Uniform(c * bound);
    }

    @Override
    public String toString() {
        return "U(±" + Law.rounded(bound) + ")";
    }
}
