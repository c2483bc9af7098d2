package org.goldgrad.analytic.arithmetic;

/** A floating-point format: how many significant bits, and which exponents (IEEE 754-2019, table 3.5; bfloat16 likewise). */
public enum Format {
    BINARY64(53, 1023),
    BINARY32(24, 127),
    BFLOAT16(8, 127),
    BINARY16(11, 15);

    private final int precision;
    private final int maxExponent;

    Format(int precision, int maxExponent) {
        this.precision = precision;
        this.maxExponent = maxExponent;
    }

    /** Significant bits, the hidden one included. */
    public int precision() {
        return precision;
    }

    /** u = 2⁻ᵖ, half the distance from 1 to the next number. */
    public double unitRoundoff() {
        return Math.scalb(1.0, -precision);
    }

    public double smallestNormal() {
        return Math.scalb(1.0, 1 - maxExponent);
    }

    public double largest() {
        return Math.scalb(2 - Math.scalb(1.0, 1 - precision), maxExponent);
    }

    /** The number of this format nearest to x, ties to even; beyond the largest by half a step or more, infinity. */
    public double round(double x) {
        if (x == 0 || !Double.isFinite(x) || this == BINARY64) {
            return x;
        }
        int exponent = Math.max(Math.getExponent(x), 1 - maxExponent);
        double step = Math.scalb(1.0, exponent + 1 - precision);
        double rounded = Math.rint(x / step) * step;
        return Math.abs(rounded) > largest() ? Math.copySign(Double.POSITIVE_INFINITY, x) : rounded;
    }

    /** Whether x is at most rounded on its way into this format: it neither overflows nor inexactly leaves the normal numbers. */
    public boolean reaches(double x) {
        double magnitude = Math.abs(x);
        return magnitude <= largest() && (magnitude >= smallestNormal() || holds(x));
    }

    /** Whether x is a number of this format. */
    public boolean holds(double x) {
        return round(x) == x;
    }
}
