package org.goldgrad.analytic.arithmetic;

/**
 * A number of a low-precision format, every operation rounded to it.
 *
 * <p>The four operations and the square root are rounded correctly: the double result has at least 2p + 2 bits for
 * p ≤ 24, so rounding it again is innocuous (Figueroa 1995). Other functions are StrictMath's, rounded: off by at most
 * (½ + 2⁻²⁸) ulp.
 */
public final class Emulated implements Real<Emulated> {
    private final Arithmetic<Emulated> arithmetic;
    private final Format format;
    private final double value;

    private Emulated(Arithmetic<Emulated> arithmetic, Format format, double value) {
        this.arithmetic = arithmetic;
        this.format = format;
        this.value = format.round(value);
    }

    /** An order of adding up. */
    public enum Order {
        FORWARD,
        BACKWARD,
        PAIRWISE,
        /** Four running sums, as a vector register keeps them. */
        FOUR_LANES
    }

    /** The arithmetic of a format (binary32 or coarser) that adds in the given order. */
    public static Arithmetic<Emulated> arithmetic(Format format, Order order) {
        return new Rounding(format, order);
    }

    private Emulated rounded(double exact) {
        return new Emulated(arithmetic, format, exact);
    }

    @Override
    public Arithmetic<Emulated> arithmetic() {
        return arithmetic;
    }

    @Override
    public Emulated plus(Emulated that) {
        return rounded(value + that.value);
    }

    @Override
    public Emulated minus(Emulated that) {
        return rounded(value - that.value);
    }

    @Override
    public Emulated times(Emulated that) {
        return rounded(value * that.value);
    }

    @Override
    public Emulated dividedBy(Emulated that) {
        return rounded(value / that.value);
    }

    @Override
    public Emulated negate() {
        return rounded(-value);
    }

    @Override
    public Emulated sqrt() {
        return rounded(Math.sqrt(value));
    }

    @Override
    public Emulated exp() {
        return rounded(StrictMath.exp(value));
    }

    @Override
    public Emulated expm1() {
        return rounded(StrictMath.expm1(value));
    }

    @Override
    public Emulated log() {
        return rounded(StrictMath.log(value));
    }

    @Override
    public Emulated log1p() {
        return rounded(StrictMath.log1p(value));
    }

    @Override
    public Emulated tanh() {
        return rounded(StrictMath.tanh(value));
    }

    @Override
    public Emulated sigmoid() {
        return rounded(Binary64.sigmoid(value));
    }

    @Override
    public Emulated relu() {
        return rounded(Math.max(value, 0.0));
    }

    @Override
    public Emulated abs() {
        return rounded(Math.abs(value));
    }

    @Override
    public Emulated max(Emulated that) {
        return rounded(Math.max(value, that.value));
    }

    /** By repeated multiplication, as running products of β are kept. */
    @Override
    public Emulated pow(int n) {
        Emulated power = rounded(1);
        for (int i = 0; i < n; i++) {
            power = power.times(this);
        }
        return power;
    }

    @Override
    public double doubleValue() {
        return value;
    }

    @Override
    public String toString() {
        return Double.toString(value);
    }

    private record Rounding(Format format, Order order) implements Arithmetic<Emulated> {
        @Override
        public Emulated of(double value) {
            return new Emulated(this, format, value);
        }

        @Override
        public Emulated[] array(int n) {
            return new Emulated[n];
        }

        @Override
        public Emulated sum(Emulated[] x) {
            return switch (order) {
                case FORWARD -> strided(x, 0, 1);
                case BACKWARD -> {
                    Emulated s = zero();
                    for (int i = x.length - 1; i >= 0; i--) {
                        s = s.plus(x[i]);
                    }
                    yield s;
                }
                case PAIRWISE -> pairwise(x, 0, x.length);
                case FOUR_LANES ->
                    strided(x, 0, 4)
                            .plus(strided(x, 1, 4))
                            .plus(strided(x, 2, 4).plus(strided(x, 3, 4)));
            };
        }

        private Emulated strided(Emulated[] x, int from, int stride) {
            Emulated s = zero();
            for (int i = from; i < x.length; i += stride) {
                s = s.plus(x[i]);
            }
            return s;
        }

        private Emulated pairwise(Emulated[] x, int from, int to) {
            if (to - from <= 1) {
                return to == from ? zero() : x[from];
            }
            int middle = (from + to) >>> 1;
            return pairwise(x, from, middle).plus(pairwise(x, middle, to));
        }

        @Override
        public Emulated dot(Emulated[] x, Emulated[] y) {
            Emulated[] products = array(x.length);
            for (int i = 0; i < x.length; i++) {
                products[i] = x[i].times(y[i]);
            }
            return sum(products);
        }

        @Override
        public int precision() {
            return format.precision();
        }
    }
}
