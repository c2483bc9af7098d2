package org.goldgrad.analytic.arithmetic;

/**
 * IEEE 754 binary64: the plain value of a definition.
 *
 * <p>The four operations and the square root are rounded correctly; StrictMath's exp, expm1, log, log1p and tanh are good
 * to 1 ulp (fdlibm), the same on every machine.
 */
public record Binary64(double value) implements Real<Binary64> {
    /** The arithmetic of doubles, sums from left to right. */
    public static final Arithmetic<Binary64> ARITHMETIC = new Doubles();

    @Override
    public Arithmetic<Binary64> arithmetic() {
        return ARITHMETIC;
    }

    @Override
    public Binary64 plus(Binary64 that) {
        return new Binary64(value + that.value);
    }

    @Override
    public Binary64 minus(Binary64 that) {
        return new Binary64(value - that.value);
    }

    @Override
    public Binary64 times(Binary64 that) {
        return new Binary64(value * that.value);
    }

    @Override
    public Binary64 dividedBy(Binary64 that) {
        return new Binary64(value / that.value);
    }

    @Override
    public Binary64 negate() {
        return new Binary64(-value);
    }

    @Override
    public Binary64 sqrt() {
        return new Binary64(Math.sqrt(value));
    }

    @Override
    public Binary64 exp() {
        return new Binary64(StrictMath.exp(value));
    }

    @Override
    public Binary64 expm1() {
        return new Binary64(StrictMath.expm1(value));
    }

    @Override
    public Binary64 log() {
        return new Binary64(StrictMath.log(value));
    }

    @Override
    public Binary64 log1p() {
        return new Binary64(StrictMath.log1p(value));
    }

    @Override
    public Binary64 tanh() {
        return new Binary64(StrictMath.tanh(value));
    }

    @Override
    public Binary64 sigmoid() {
        return new Binary64(sigmoid(value));
    }

    /** The logistic function of a double, by the branch that does not overflow. */
    static double sigmoid(double x) {
        if (x >= 0) {
            return 1 / (1 + StrictMath.exp(-x));
        }
        double e = StrictMath.exp(x);
        return e / (1 + e);
    }

    @Override
    public Binary64 relu() {
        return new Binary64(Math.max(value, 0.0));
    }

    @Override
    public Binary64 abs() {
        return new Binary64(Math.abs(value));
    }

    @Override
    public Binary64 max(Binary64 that) {
        return new Binary64(Math.max(value, that.value));
    }

    @Override
    public Binary64 pow(int n) {
        return new Binary64(StrictMath.pow(value, n));
    }

    @Override
    public double doubleValue() {
        return value;
    }

    private static final class Doubles implements Arithmetic<Binary64> {
        @Override
        public Binary64 of(double value) {
            return new Binary64(value);
        }

        @Override
        public Binary64[] array(int n) {
            return new Binary64[n];
        }

        @Override
        public Binary64 sum(Binary64[] x) {
            double s = 0;
            for (Binary64 xi : x) {
                s += xi.value;
            }
            return new Binary64(s);
        }

        @Override
        public Binary64 dot(Binary64[] x, Binary64[] y) {
            double s = 0;
            for (int i = 0; i < x.length; i++) {
                s += x[i].value * y[i].value;
            }
            return new Binary64(s);
        }

        @Override
        public int precision() {
            return 53;
        }
    }
}
