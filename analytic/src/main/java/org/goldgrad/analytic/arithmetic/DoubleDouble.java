package org.goldgrad.analytic.arithmetic;

import org.apache.commons.numbers.core.DD;

/**
 * The unevaluated sum of two doubles, hi + lo with |lo| at most half an ulp of hi: some 31 digits at a small multiple of
 * the cost of doubles.
 *
 * <p>Each operation states the relative error of its result, given its operands as they are, with u² = 2⁻¹⁰⁶. For results
 * below 2⁻⁹⁶⁰, where lo runs out of bits, an absolute error of 2⁻¹⁰⁷² comes on top. The bounds on + − × √ are theorems about
 * the algorithms that {@link DD} uses: Joldes, Muller and Popescu 2017, "Tight and rigorous error bounds for basic
 * building blocks of double-word arithmetic"; Muller and Rideau 2022, "Formalization of double-word arithmetic, and
 * comments on …"; Lefèvre et al. 2023, "Accurate calculation of Euclidean norms using double-word arithmetic".
 *
 * <p>NaN, infinities and overflow are those of the same operation on the high parts. DD by itself gives NaN for
 * them, and for factors above 2⁹⁹⁶ (its splitting overflows), so operands far from 1 are scaled here.
 */
public final class DoubleDouble implements Real<DoubleDouble> {
    /** The arithmetic of double-doubles; sums are compensated. */
    public static final Arithmetic<DoubleDouble> ARITHMETIC = new DoubleDoubles();

    /** Between 2⁻⁹⁰⁰ and 2⁹⁰⁰ no low part runs out of bits and no splitting overflows. */
    private static final int COMFORTABLE = 900;

    private final DD value;

    private DoubleDouble(DD value) {
        this.value = value;
    }

    /** The double itself, whatever it is. */
    public static DoubleDouble of(double value) {
        return new DoubleDouble(DD.of(value));
    }

    /** Exactly x + y, unless that overflows. */
    public static DoubleDouble ofSum(double x, double y) {
        return of(DD.ofSum(x, y), x + y);
    }

    /** The result of an operation, or what doubles make of it where that is not finite. */
    static DoubleDouble of(DD value, double plain) {
        return Double.isFinite(plain) && value.isFinite() ? new DoubleDouble(value) : of(plain);
    }

    /** The nearest double. */
    public double hi() {
        return value.hi();
    }

    /** What the nearest double lacks, itself rounded to a double. */
    public double lo() {
        return value.lo();
    }

    DD value() {
        return value;
    }

    @Override
    public Arithmetic<DoubleDouble> arithmetic() {
        return ARITHMETIC;
    }

    /** Relative error 3u² < 2⁻¹⁰⁴, also where x and y nearly cancel. */
    @Override
    public DoubleDouble plus(DoubleDouble that) {
        return of(value.add(that.value), hi() + that.hi());
    }

    /** As for a sum. */
    @Override
    public DoubleDouble minus(DoubleDouble that) {
        return of(value.subtract(that.value), hi() - that.hi());
    }

    /** Relative error 5u² < 2⁻¹⁰³. */
    @Override
    public DoubleDouble times(DoubleDouble that) {
        double plain = hi() * that.hi();
        if (isComfortable(plain) && isComfortable(hi()) && isComfortable(that.hi())) {
            return new DoubleDouble(value.multiply(that.value));
        }
        if (isSpecial(hi()) || isSpecial(that.hi())) {
            return of(plain);
        }
        int k = Math.getExponent(hi());
        int l = Math.getExponent(that.hi());
        return new DoubleDouble(value.scalb(-k).multiply(that.value.scalb(-l))).scaled(k + l);
    }

    /**
     * Relative error 2⁻¹⁰³: long division by three doubles. The first remainder is off by the 3u² of a product (and less of
     * a sum), which the later quotients do not see; collecting the three costs another u².
     */
    @Override
    public DoubleDouble dividedBy(DoubleDouble that) {
        double plain = hi() / that.hi();
        if (isComfortable(plain) && isComfortable(hi()) && isComfortable(that.hi())) {
            return new DoubleDouble(value.divide(that.value));
        }
        if (isSpecial(hi()) || isSpecial(that.hi())) {
            return of(plain);
        }
        int k = Math.getExponent(hi());
        int l = Math.getExponent(that.hi());
        return new DoubleDouble(value.scalb(-k).divide(that.value.scalb(-l))).scaled(k - l);
    }

    @Override
    public DoubleDouble negate() {
        return new DoubleDouble(value.negate());
    }

    /** Relative error 25/8 u² < 2⁻¹⁰⁴. */
    @Override
    public DoubleDouble sqrt() {
        if (isComfortable(hi())) {
            return new DoubleDouble(value.sqrt());
        }
        if (isSpecial(hi()) || hi() < 0) {
            return of(Math.sqrt(hi()));
        }
        int half = Math.getExponent(hi()) / 2;
        return new DoubleDouble(value.scalb(-2 * half).sqrt()).scaled(half);
    }

    /** Relative error 2⁻¹⁰⁰. */
    @Override
    public DoubleDouble exp() {
        return DoubleDoubleExponential.exp(this);
    }

    /** Relative error 2⁻⁹⁹. */
    @Override
    public DoubleDouble expm1() {
        return DoubleDoubleExponential.expm1(this);
    }

    /** Relative error 2⁻⁹⁹. */
    @Override
    public DoubleDouble log() {
        return DoubleDoubleLogarithm.log(this);
    }

    /** Relative error 2⁻⁹⁹. */
    @Override
    public DoubleDouble log1p() {
        return DoubleDoubleLogarithm.log1p(this);
    }

    /** Relative error 2⁻⁹⁸: E/(E + 2), E = e²ˣ − 1, whose errors in E partly cancel; ±1 from |x| > 40 on. */
    @Override
    public DoubleDouble tanh() {
        if (Math.abs(hi()) > 40) {
            return of(Math.signum(hi()));
        }
        DoubleDouble e = plus(this).expm1();
        return e.dividedBy(e.plus(2));
    }

    /** Relative error 2⁻⁹⁹, by the branch that does not overflow. */
    @Override
    public DoubleDouble sigmoid() {
        if (hi() >= 0) {
            return negate().exp().plus(1).reciprocal();
        }
        DoubleDouble e = exp();
        return e.dividedBy(e.plus(1));
    }

    /** Exact; NaN stays NaN. */
    @Override
    public DoubleDouble relu() {
        return hi() > 0 || Double.isNaN(hi()) ? this : ARITHMETIC.zero();
    }

    /** Exact. */
    @Override
    public DoubleDouble abs() {
        return hi() < 0 ? negate() : this;
    }

    /** Exact; NaN if either is. */
    @Override
    public DoubleDouble max(DoubleDouble that) {
        if (hi() != that.hi()) {
            return hi() > that.hi() || Double.isNaN(hi()) ? this : that;
        }
        return lo() >= that.lo() ? this : that;
    }

    /** Relative error n·2⁻¹⁰³: by squaring, most significant bit of n first, n ≥ 0. */
    @Override
    public DoubleDouble pow(int n) {
        if (n < 0) {
            throw new IllegalArgumentException("a power is at least 0, not " + n);
        }
        DoubleDouble power = ARITHMETIC.one();
        for (int bit = Integer.SIZE - Integer.numberOfLeadingZeros(n) - 1; bit >= 0; bit--) {
            power = power.times(power);
            power = (n >> bit & 1) == 1 ? power.times(this) : power;
        }
        return power;
    }

    @Override
    public double doubleValue() {
        return hi();
    }

    @Override
    public String toString() {
        return hi() + " + " + lo();
    }

    /** x·2ᵏ, with a low part that is again small beside the high one where both run out of bits. */
    DoubleDouble scaled(int k) {
        DD scaled = value.scalb(k);
        return isSpecial(scaled.hi()) ? of(scaled.hi()) : new DoubleDouble(DD.ofSum(scaled.hi(), scaled.lo()));
    }

    private static boolean isComfortable(double x) {
        return Math.abs(Math.getExponent(x)) <= COMFORTABLE;
    }

    private static boolean isSpecial(double x) {
        return x == 0 || !Double.isFinite(x);
    }
}
