package org.goldgrad.analytic.arithmetic;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The elementary functions to a number of decimal digits, sharing no step with the balls: decimal instead of binary, powers
 * of ten instead of two, quotients of hyperbolic series instead of e^x − 1.
 *
 * <p>Thirty digits more than asked for are carried, which covers the rounding of some hundred operations and the digits lost
 * where the branches meet (at most two). {@code DecimalSeriesTest} compares it with commons-math3's Dfp.
 */
final class DecimalSeries {
    private static final int GUARD = 30;
    private static final BigDecimal TENTH = new BigDecimal("0.1");

    private final int digits;
    private final MathContext mc;
    private final BigDecimal ln10;

    DecimalSeries(int digits) {
        this.digits = digits;
        mc = new MathContext(digits + GUARD, RoundingMode.HALF_EVEN);
        // Machin-like: (32/30)^23 (50/48)^17 (162/160)^10 = 10
        ln10 = artanh(inverse(31))
                .multiply(n(46))
                .add(artanh(inverse(49)).multiply(n(34)))
                .add(artanh(inverse(161)).multiply(n(20)), mc);
    }

    /** The relative error of what the functions return is less than 10 to minus this. */
    int digits() {
        return digits;
    }

    /** 10^n e^r with |r| ≤ 1.2, and e^r as the 1024-th power of a short series; |x| < 10^10. */
    BigDecimal exp(BigDecimal x) {
        BigDecimal n = x.divide(ln10, new MathContext(20)).setScale(0, RoundingMode.HALF_EVEN);
        BigDecimal r = x.subtract(n.multiply(ln10), mc);
        BigDecimal z = r.divide(n(1024), mc);
        BigDecimal power = hyperbolic(z, 0).add(hyperbolic(z, 1), mc);
        for (int i = 0; i < 10; i++) {
            power = power.multiply(power, mc);
        }
        return power.scaleByPowerOfTen(n.intValueExact());
    }

    BigDecimal expm1(BigDecimal x) {
        return isSmall(x) ? hyperbolic(x, 1).add(hyperbolic(x, 2), mc) : exp(x).subtract(BigDecimal.ONE, mc);
    }

    BigDecimal tanh(BigDecimal x) {
        if (isSmall(x)) {
            return hyperbolic(x, 1).divide(hyperbolic(x, 0), mc);
        }
        if (x.abs().compareTo(n(2 * digits)) > 0) {
            return n(x.signum());
        }
        BigDecimal e = exp(x);
        BigDecimal inverse = BigDecimal.ONE.divide(e, mc);
        return e.subtract(inverse).divide(e.add(inverse), mc);
    }

    BigDecimal sigmoid(BigDecimal x) {
        if (x.compareTo(n(3 * digits)) > 0) {
            return BigDecimal.ONE;
        }
        return BigDecimal.ONE.divide(BigDecimal.ONE.add(exp(x.negate()), mc), mc);
    }

    BigDecimal log(BigDecimal x) {
        return log1p(x.subtract(BigDecimal.ONE));
    }

    /** For small x a series; else y + 2(v − 1)/(v + 1) for v = (1 + x)e^−y, which triples the digits of y; three times. */
    BigDecimal log1p(BigDecimal x) {
        if (isSmall(x)) {
            return artanh(x.divide(x.add(n(2)), mc)).multiply(n(2), mc);
        }
        BigDecimal v = x.add(BigDecimal.ONE).round(mc);
        BigDecimal y = new BigDecimal(StrictMath.log(v.unscaledValue().doubleValue()))
                .subtract(ln10.multiply(n(v.scale()), mc), new MathContext(14));
        for (int i = 0; i < 3; i++) {
            BigDecimal w = v.multiply(exp(y.negate()), mc);
            y = y.add(n(2).multiply(w.subtract(BigDecimal.ONE)).divide(w.add(BigDecimal.ONE), mc), mc);
        }
        return y;
    }

    private static boolean isSmall(BigDecimal x) {
        return x.abs().compareTo(TENTH) < 0;
    }

    /** x^j/j! + x^(j+2)/(j+2)! + …: cosh from j = 0, sinh from j = 1, cosh − 1 from j = 2. */
    private BigDecimal hyperbolic(BigDecimal x, int j) {
        BigDecimal rounded = x.round(mc);
        BigDecimal square = rounded.multiply(rounded, mc);
        BigDecimal term = j == 0 ? BigDecimal.ONE : j == 1 ? rounded : square.divide(n(2), mc);
        BigDecimal sum = term;
        for (int i = j + 1; isSeen(term, sum); i += 2) {
            term = term.multiply(square, mc).divide(n(i * (i + 1)), mc);
            sum = sum.add(term, mc);
        }
        return sum;
    }

    private BigDecimal artanh(BigDecimal u) {
        BigDecimal square = u.multiply(u, mc);
        BigDecimal power = u;
        BigDecimal sum = u;
        for (int i = 3; isSeen(power, sum); i += 2) {
            power = power.multiply(square, mc);
            sum = sum.add(power.divide(n(i), mc), mc);
        }
        return sum;
    }

    private boolean isSeen(BigDecimal term, BigDecimal sum) {
        return term.signum() != 0 && leading(term) > leading(sum) - mc.getPrecision() - 2;
    }

    private static long leading(BigDecimal x) {
        return (long) x.precision() - x.scale();
    }

    private BigDecimal inverse(int n) {
        return BigDecimal.ONE.divide(n(n), mc);
    }

    private static BigDecimal n(int n) {
        return BigDecimal.valueOf(n);
    }
}
