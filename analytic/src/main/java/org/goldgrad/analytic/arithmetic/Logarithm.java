package org.goldgrad.analytic.arithmetic;

import java.math.BigInteger;

/**
 * The logarithm of an exact number, enclosed to nearly full relative precision.
 * <pre>
 *   ln x = n ln 2 + ln(1 + t)              x = 2ⁿ(1 + t), −1/4 ≤ t < 1/2
 *   ln(1 + t) = y + ln(1 + d)              y the double nearest to ln(1 + t) as StrictMath knows it, 1 + d = (1 + t)e⁻ʸ
 *   ln(1 + d) = 2(u + u³/3 + u⁵/5 + …)     u = d/(2 + d)
 * </pre>
 * d is about 2⁻⁵³, so a few terms suffice, and y need not be good, only exact in the second line. A small t goes to the
 * series directly, so that logarithms near 0 keep their relative precision. Everything is done in balls: what is proved
 * here is only where the series may end.
 */
final class Logarithm {
    /** |t| < 2⁻¹⁰ goes to the series. */
    private static final int SMALL = -10;

    /** Above, |ln(1 + t)| > 2⁻¹¹, and its absolute error is that of numbers around 1. */
    private static final int LOST = 11;

    private Logarithm() {}

    static Ball log(Dyadic x, Balls balls) {
        Dyadic f = x.scaled(-x.top());
        int n = x.top();
        if (f.compareTo(new Dyadic(BigInteger.valueOf(3), -2)) < 0) {
            f = f.scaled(1);
            n--;
        }
        Ball v = log1pReduced(f.minus(Dyadic.ONE), balls.wider(LOST));
        return n == 0 ? v : v.plus(ln2(v.arithmetic()).times(n));
    }

    /** ln(1 + t), t > −1. */
    static Ball log1p(Dyadic t, Balls balls) {
        if (t.signum() == 0 || t.top() <= SMALL) {
            return series(new Ball(balls.wider(LOST), t, Magnitude.ZERO));
        }
        return new Ball(balls.wider(LOST), t, Magnitude.ZERO).plus(1).log();
    }

    private static Ball log1pReduced(Dyadic t, Balls balls) {
        Ball exact = new Ball(balls, t, Magnitude.ZERO);
        if (t.signum() == 0 || t.top() <= SMALL) {
            return series(exact);
        }
        double y = StrictMath.log1p(t.doubleValue());
        Ball d = exact.plus(1).times(balls.of(-y).exp()).minus(1);
        return balls.of(y).plus(series(d));
    }

    /**
     * ln(1 + d) for |d| < 2⁻⁹ by N terms: with |u| < 2ˢ ≤ 2⁻⁹ the others sum to less than 2|u|^(2N+1)/3 · 4/3, so to less
     * than 2^s(2N+1), and N is chosen to make that small beside |u|.
     */
    private static Ball series(Ball d) {
        Balls balls = d.arithmetic();
        Ball u = d.dividedBy(d.plus(2));
        if (u.magnitude().isZero()) {
            return u;
        }
        long s = u.magnitude().top();
        int terms = (int) ((balls.precision() + 8) / (-2 * s)) + 1;
        Ball square = u.square();
        Ball power = u;
        Ball sum = u;
        for (int j = 1; j < terms; j++) {
            power = power.times(square);
            sum = sum.plus(power.dividedBy(2 * j + 1));
        }
        return balls.round(
                sum.midpoint().scaled(1), sum.radius().scaled(1).plus(Magnitude.powerOfTwo(s * (2 * terms + 1))));
    }

    private static Ball ln2(Balls balls) {
        int p = balls.precision() + 8;
        return balls.round(Ln2.floor(p), -p, Magnitude.powerOfTwo(-p));
    }
}
