package org.goldgrad.analytic.arithmetic;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.OptionalDouble;

/**
 * All real numbers within a radius of a midpoint: a proof that the true value is among them.
 * <pre>
 *   x = m ± r        |x − m| ≤ r
 *   f(x) ∋ f(m + δ)  for every |δ| ≤ r
 * </pre>
 * Where an operation is undefined somewhere in the ball, the result is unbounded: it contains every number, whatever is
 * computed from it is unbounded too, and more precision may help. Where it is undefined everywhere (division by exactly 0,
 * the logarithm of a ball without positive numbers, the root of a ball of negative ones) no precision will, and an
 * ArithmeticException says so.
 *
 * <p>After Johansson 2017, "Arb: efficient arbitrary-precision midpoint-radius interval arithmetic".
 */
public final class Ball implements Real<Ball> {
    private final Balls balls;
    private final Dyadic midpoint;
    private final Magnitude radius;

    Ball(Balls balls, Dyadic midpoint, Magnitude radius) {
        this.balls = balls;
        this.midpoint = midpoint;
        this.radius = radius;
    }

    @Override
    public Balls arithmetic() {
        return balls;
    }

    Dyadic midpoint() {
        return midpoint;
    }

    Magnitude radius() {
        return radius;
    }

    /** Whether the ball is a single number. */
    public boolean isExact() {
        return radius.isZero();
    }

    /** Whether nothing is known of the value. */
    public boolean isUnbounded() {
        return radius.isInfinite();
    }

    /**
     * m + n and the radii added.
     *
     * <p>A midpoint of less than a quarter unit in the last place of the other one joins the radius whole: adding it would
     * take as many bits as the exponents are apart, to be rounded away.
     */
    @Override
    public Ball plus(Ball that) {
        Magnitude r = radius.plus(that.radius);
        Dyadic m = midpoint;
        Dyadic n = that.midpoint;
        if (m.signum() == 0 || n.signum() == 0) {
            return balls.round(m.signum() == 0 ? n : m, r);
        }
        if (m.top() < n.top()) {
            return that.plusSmaller(m, r);
        }
        return plusSmaller(n, r);
    }

    private Ball plusSmaller(Dyadic n, Magnitude r) {
        boolean negligible = n.top() < midpoint.top() - balls.precision() - 2;
        return negligible ? balls.round(midpoint, r.plus(Magnitude.ceiling(n))) : balls.round(midpoint.plus(n), r);
    }

    @Override
    public Ball minus(Ball that) {
        return plus(that.negate());
    }

    @Override
    public Ball times(Ball that) {
        return balls.round(
                midpoint.mantissa().multiply(that.midpoint.mantissa()),
                (long) midpoint.exponent() + that.midpoint.exponent(),
                Perturbation.product(this, that));
    }

    @Override
    public Ball dividedBy(Ball that) {
        if (that.isExactlyZero()) {
            throw new ArithmeticException("cannot divide " + this + " by exactly 0");
        }
        if (that.containsZero() || isUnbounded()) {
            return balls.unbounded();
        }
        Ball v = balls.quotient(midpoint, that.midpoint);
        return isExact() && that.isExact() ? v : rounded(v, Perturbation.quotient(v, this, that));
    }

    @Override
    public Ball negate() {
        return new Ball(balls, midpoint.negate(), radius);
    }

    /** If the ball reaches 0 or below, the roots of what is not negative in it: all from 0 to √(m+r). */
    @Override
    public Ball sqrt() {
        if (isUnbounded() || isExactlyZero()) {
            return this;
        }
        if (upperEnd().signum() < 0) {
            throw new ArithmeticException("no number in " + this + " has a square root");
        }
        if (containsZero()) {
            return balls.between(
                    Dyadic.ZERO, Magnitude.ceiling(upperEnd()).sqrt().toDyadic());
        }
        Ball v = balls.root(midpoint);
        return isExact() ? v : rounded(v, Perturbation.sqrt(v, this));
    }

    @Override
    public Ball exp() {
        if (isUnbounded()) {
            return this;
        }
        Ball v = Exponential.exp(midpoint, balls.wider());
        return isExact() ? rounded(v) : rounded(v, Perturbation.exp(v, radius));
    }

    @Override
    public Ball expm1() {
        if (isUnbounded()) {
            return this;
        }
        Ball v = Exponential.expm1(midpoint, balls.wider());
        return isExact() ? rounded(v) : rounded(v, Perturbation.expm1(v, radius));
    }

    @Override
    public Ball log() {
        if (isUnbounded()) {
            return this;
        }
        if (upperEnd().signum() <= 0) {
            throw new ArithmeticException("no number in " + this + " has a logarithm");
        }
        if (containsZero()) {
            return balls.unbounded();
        }
        Ball v = Logarithm.log(midpoint, balls.wider());
        return isExact() ? rounded(v) : rounded(v, Perturbation.log(this));
    }

    @Override
    public Ball log1p() {
        if (isUnbounded()) {
            return this;
        }
        Ball onePlus = new Ball(balls.wider(), midpoint, radius).plus(1);
        if (onePlus.upperEnd().signum() <= 0) {
            throw new ArithmeticException("no number in 1 + (" + this + ") has a logarithm");
        }
        if (onePlus.containsZero()) {
            return balls.unbounded();
        }
        Ball v = Logarithm.log1p(midpoint, balls.wider());
        return isExact() ? rounded(v) : rounded(v, Perturbation.log(onePlus));
    }

    @Override
    public Ball tanh() {
        if (isUnbounded()) {
            return this;
        }
        Ball v = Exponential.tanh(midpoint, balls.wider());
        return isExact() ? rounded(v) : rounded(v, Perturbation.tanh(v, radius));
    }

    @Override
    public Ball sigmoid() {
        if (isUnbounded()) {
            return this;
        }
        Ball v = Exponential.sigmoid(midpoint, balls.wider());
        return isExact() ? rounded(v) : rounded(v, Perturbation.sigmoid(v, radius));
    }

    @Override
    public Ball relu() {
        return max(balls.zero());
    }

    @Override
    public Ball positive() {
        if (isUnbounded() || (lowerEnd().signum() <= 0 && upperEnd().signum() > 0)) {
            return balls.between(Dyadic.ZERO, Dyadic.ONE);
        }
        return lowerEnd().signum() > 0 ? balls.one() : balls.zero();
    }

    @Override
    public Ball abs() {
        if (isUnbounded() || lowerEnd().signum() >= 0) {
            return this;
        }
        return upperEnd().signum() <= 0 ? negate() : balls.between(Dyadic.ZERO, farthestFromZero());
    }

    /** One of the two where it is known which; otherwise all numbers that either could be as the larger one. */
    @Override
    public Ball max(Ball that) {
        if (isUnbounded() || that.isUnbounded()) {
            return balls.unbounded();
        }
        if (lowerEnd().compareTo(that.upperEnd()) >= 0) {
            return this;
        }
        if (that.lowerEnd().compareTo(upperEnd()) >= 0) {
            return that;
        }
        return balls.between(larger(lowerEnd(), that.lowerEnd()), larger(upperEnd(), that.upperEnd()));
    }

    @Override
    public Ball square() {
        return pow(2);
    }

    /**
     * By squaring, most significant bit of n first; the radii multiply out to exactly (|m|+r)ⁿ − |m|ⁿ.
     *
     * <p>A relative error is at most multiplied by n on the way, hence the extra bits. An even power of a ball around 0
     * reaches from 0 to (|m|+r)ⁿ.
     */
    @Override
    public Ball pow(int n) {
        if (n < 0) {
            throw new IllegalArgumentException("a power is at least 0, not " + n);
        }
        if (isUnbounded()) {
            return this;
        }
        int length = Integer.SIZE - Integer.numberOfLeadingZeros(n);
        Balls wide = balls.wider(length);
        boolean folded = (n & 1) == 0 && n > 0 && containsZero() && !isExact();
        Ball x = new Ball(wide, folded ? farthestFromZero() : midpoint, folded ? Magnitude.ZERO : radius);
        Ball power = wide.one();
        for (int bit = length - 1; bit >= 0; bit--) {
            power = power.times(power);
            power = (n >> bit & 1) == 1 ? power.times(x) : power;
        }
        return folded && !power.isUnbounded() ? balls.between(Dyadic.ZERO, power.upperEnd()) : rounded(power);
    }

    /** Compares |m| with that of another ball: which of two pivots is the better one. */
    public int compareMagnitude(Ball that) {
        return midpoint.abs().compareTo(that.midpoint.abs());
    }

    /** The double nearest to the midpoint; NaN of an unbounded ball. */
    @Override
    public double doubleValue() {
        return isUnbounded() ? Double.NaN : midpoint.doubleValue();
    }

    /**
     * The finite double that every number in the ball rounds to (ties to even), if they all round to the same.
     *
     * <p>Rounding is monotone, so the two ends decide. Zero is +0.
     */
    public OptionalDouble rounded() {
        if (isUnbounded()) {
            return OptionalDouble.empty();
        }
        double low = lowerEnd().doubleValue();
        double high = upperEnd().doubleValue();
        return low == high && Double.isFinite(low) ? OptionalDouble.of(low + 0.0) : OptionalDouble.empty();
    }

    /** Whether a number lies in the ball. */
    public boolean contains(BigDecimal x) {
        return isUnbounded() || radius.covers(x.subtract(midpoint.toBigDecimal()));
    }

    /** Whether 0 lies in the ball. */
    public boolean containsZero() {
        return isUnbounded() || midpoint.abs().compareTo(radius.toDyadic()) <= 0;
    }

    /** No number in the ball is less; throws ArithmeticException if the ball is unbounded. */
    public BigDecimal lower() {
        return lowerEnd().toBigDecimal();
    }

    /** No number in the ball is greater; throws ArithmeticException if the ball is unbounded. */
    public BigDecimal upper() {
        return upperEnd().toBigDecimal();
    }

    /** Midpoint and radius to a few digits, as in {@code 0.5 ± 1e-60}. */
    @Override
    public String toString() {
        if (isUnbounded()) {
            return "unbounded";
        }
        String m = text(midpoint, new MathContext(16, RoundingMode.HALF_EVEN));
        return isExact() ? m : m + " ± " + text(radius.toDyadic(), new MathContext(1, RoundingMode.UP));
    }

    private static String text(Dyadic x, MathContext digits) {
        if (Math.abs((long) x.exponent()) > 1 << 16) {
            return (x.signum() < 0 ? "-" : "") + "2^" + (x.top() - 1);
        }
        return x.toBigDecimal()
                .round(digits)
                .stripTrailingZeros()
                .toString()
                .replace("E", "e")
                .replace("+", "");
    }

    private boolean isExactlyZero() {
        return isExact() && midpoint.signum() == 0;
    }

    /** At least |x| for every x in the ball. */
    Magnitude magnitude() {
        return Magnitude.ceiling(midpoint).plus(radius);
    }

    /** At most |x| for every x in the ball, which does not contain 0. */
    Magnitude distanceFromZero() {
        return Magnitude.floor(midpoint.abs().minus(shownRadius()));
    }

    private Dyadic farthestFromZero() {
        return midpoint.abs().plus(shownRadius());
    }

    Dyadic lowerEnd() {
        return midpoint.minus(shownRadius());
    }

    Dyadic upperEnd() {
        return midpoint.plus(shownRadius());
    }

    /**
     * The radius, but no less than 2⁻⁶⁴ units in the midpoint's last place: m ± r is then short, and rounds to a double as
     * it would with the smaller radius, because that little does not reach from m to the next rounding boundary.
     */
    private Dyadic shownRadius() {
        if (isUnbounded()) {
            throw new ArithmeticException("an unbounded ball has no ends");
        }
        if (radius.isZero() || midpoint.signum() == 0) {
            return radius.toDyadic();
        }
        return radius.max(Magnitude.powerOfTwo((long) midpoint.top() - balls.precision() - 64))
                .toDyadic();
    }

    private static Dyadic larger(Dyadic x, Dyadic y) {
        return x.compareTo(y) >= 0 ? x : y;
    }

    /** A ball of more bits in this one's precision. */
    private Ball rounded(Ball wide) {
        return balls.round(wide.midpoint, wide.radius);
    }

    /** The same, with something more to its radius. */
    private Ball rounded(Ball wide, Magnitude more) {
        return balls.round(wide.midpoint, wide.radius.plus(more));
    }
}
