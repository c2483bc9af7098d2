package org.goldgrad.analytic.arithmetic;

/**
 * The arithmetic of {@link DoubleDouble}.
 *
 * <p>A number has 106 significant bits; with all its functions in use, count on 98.
 */
final class DoubleDoubles implements Arithmetic<DoubleDouble> {
    @Override
    public DoubleDouble of(double value) {
        return DoubleDouble.of(value);
    }

    /** From left to right; error n·2⁻¹⁰⁴ Σ|xᵢ|. */
    @Override
    public DoubleDouble sum(DoubleDouble[] x) {
        DoubleDouble s = zero();
        for (DoubleDouble xi : x) {
            s = s.plus(xi);
        }
        return s;
    }

    /** From left to right; error (n+1)·2⁻¹⁰⁴ Σ|xᵢyᵢ|, because 5u² + 3(n−1)u² < 4(n+1)u². */
    @Override
    public DoubleDouble dot(DoubleDouble[] x, DoubleDouble[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException("cannot multiply length " + x.length + " by length " + y.length);
        }
        DoubleDouble s = zero();
        for (int i = 0; i < x.length; i++) {
            s = s.plus(x[i].times(y[i]));
        }
        return s;
    }

    @Override
    public int precision() {
        return 106;
    }

    @Override
    public DoubleDouble[] array(int n) {
        return new DoubleDouble[n];
    }
}
