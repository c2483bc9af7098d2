package org.goldgrad.analytic.arithmetic;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.apache.commons.math3.fraction.BigFraction;

/** An exact fraction: statements without roots and exponentials are checked in it as equalities. */
public record Rational(BigFraction value) implements Real<Rational> {
    /** The arithmetic of fractions; a double is taken as the dyadic fraction that it is. */
    public static final Arithmetic<Rational> ARITHMETIC = new Fractions();

    public static Rational of(long numerator, long denominator) {
        return new Rational(new BigFraction(numerator, denominator));
    }

    @Override
    public Arithmetic<Rational> arithmetic() {
        return ARITHMETIC;
    }

    @Override
    public Rational plus(Rational that) {
        return new Rational(value.add(that.value));
    }

    @Override
    public Rational minus(Rational that) {
        return new Rational(value.subtract(that.value));
    }

    @Override
    public Rational times(Rational that) {
        return new Rational(value.multiply(that.value));
    }

    @Override
    public Rational dividedBy(Rational that) {
        if (that.value.equals(BigFraction.ZERO)) {
            throw new ArithmeticException("division by zero");
        }
        return new Rational(value.divide(that.value));
    }

    @Override
    public Rational negate() {
        return new Rational(value.negate());
    }

    @Override
    public Rational sqrt() {
        throw irrational("√x");
    }

    @Override
    public Rational exp() {
        throw irrational("eˣ");
    }

    @Override
    public Rational expm1() {
        throw irrational("eˣ − 1");
    }

    @Override
    public Rational log() {
        throw irrational("ln x");
    }

    @Override
    public Rational log1p() {
        throw irrational("ln(1 + x)");
    }

    @Override
    public Rational tanh() {
        throw irrational("tanh x");
    }

    @Override
    public Rational sigmoid() {
        throw irrational("sigmoid x");
    }

    private static UnsupportedOperationException irrational(String function) {
        return new UnsupportedOperationException(function + " is not a fraction");
    }

    @Override
    public Rational relu() {
        return value.getNumerator().signum() > 0 ? this : ARITHMETIC.zero();
    }

    @Override
    public Rational positive() {
        return value.getNumerator().signum() > 0 ? ARITHMETIC.one() : ARITHMETIC.zero();
    }

    @Override
    public Rational abs() {
        return new Rational(value.abs());
    }

    @Override
    public Rational max(Rational that) {
        return value.compareTo(that.value) >= 0 ? this : that;
    }

    @Override
    public Rational pow(int n) {
        return new Rational(value.pow(n));
    }

    /**
     * The nearest double. BigFraction rounds numerator and denominator first; here 40 digits of the quotient usually decide,
     * and else so many that no midpoint between two doubles has more (767).
     */
    @Override
    public double doubleValue() {
        double few = bounded(40);
        return Double.isNaN(few) ? bounded(800) : few;
    }

    /** The double nearest to every number that begins with these digits of the quotient; NaN if they do not decide. */
    private double bounded(int digits) {
        BigDecimal numerator = new BigDecimal(value.getNumerator());
        BigDecimal denominator = new BigDecimal(value.getDenominator());
        BigDecimal start = numerator.divide(denominator, new MathContext(digits, RoundingMode.DOWN));
        int rest = numerator.compareTo(start.multiply(denominator));
        if (rest == 0) {
            return start.doubleValue();
        }
        if (digits > 767) { // a last digit says that there is a rest, which decides at a midpoint
            return start.add(start.ulp().scaleByPowerOfTen(-1).multiply(BigDecimal.valueOf(rest)))
                    .doubleValue();
        }
        double end = start.add(start.ulp().multiply(BigDecimal.valueOf(rest))).doubleValue();
        return start.doubleValue() == end ? end : Double.NaN;
    }

    @Override
    public String toString() {
        return value.getDenominator().equals(BigInteger.ONE)
                ? value.getNumerator().toString()
                : value.getNumerator() + "/" + value.getDenominator();
    }

    private static final class Fractions implements Arithmetic<Rational> {
        @Override
        public Rational of(double value) {
            BigDecimal exact = new BigDecimal(value); // BigFraction(double) halves subnormal numbers
            return exact.scale() > 0
                    ? new Rational(new BigFraction(exact.unscaledValue(), BigInteger.TEN.pow(exact.scale())))
                    : new Rational(new BigFraction(exact.toBigInteger()));
        }

        @Override
        public Rational[] array(int n) {
            return new Rational[n];
        }

        @Override
        public Rational sum(Rational[] x) {
            Rational s = zero();
            for (Rational xi : x) {
                s = s.plus(xi);
            }
            return s;
        }

        @Override
        public Rational dot(Rational[] x, Rational[] y) {
            Rational s = zero();
            for (int i = 0; i < x.length; i++) {
                s = s.plus(x[i].times(y[i]));
            }
            return s;
        }

        @Override
        public int precision() {
            return Integer.MAX_VALUE;
        }
    }
}
