package org.goldgrad.analytic.arithmetic;

/**
 * A real number in some arithmetic; a definition is written once with these operations and evaluated in every one of them.
 *
 * <p>Numbers are immutable and belong to an {@link Arithmetic}; two numbers meet only if they belong to the same one.
 * Outside an operation's domain the result is whatever tells the reader so in that arithmetic: NaN in floating point, an
 * exception in fractions, an unbounded ball.
 *
 * @param <R> the number type itself
 */
public interface Real<R extends Real<R>> {
    /** The arithmetic that this number belongs to. */
    Arithmetic<R> arithmetic();

    R plus(R that);

    R minus(R that);

    R times(R that);

    R dividedBy(R that);

    R negate();

    /** √x, x ≥ 0. */
    R sqrt();

    R exp();

    /** eˣ − 1, without cancellation near 0. */
    R expm1();

    /** ln x, x > 0. */
    R log();

    /** ln(1 + x), x > −1, without cancellation near 0. */
    R log1p();

    R tanh();

    /** The logistic function 1/(1 + e⁻ˣ). */
    R sigmoid();

    /** max(x, 0); its derivative at 0 is taken as 0. */
    R relu();

    /** |x|; its derivative at 0 is taken as 0. */
    R abs();

    /** The larger of the two; at a tie the derivative goes to this one. */
    R max(R that);

    /** xⁿ for n ≥ 0, with x⁰ = 1. */
    R pow(int n);

    /** The double nearest to this number as this arithmetic knows it. */
    double doubleValue();

    /** 1 if x > 0 and 0 if not: the slope of relu. An enclosure of both where an enclosure of x does not say. */
    default R positive() {
        return arithmetic().of(doubleValue() > 0 ? 1 : 0);
    }

    /** The same value, through which no derivative flows (what frameworks call detach or stop-gradient). */
    default R detach() {
        return self();
    }

    /** This number as its own type. */
    @SuppressWarnings("unchecked") // by the definition of the type parameter
    default R self() {
        return (R) this;
    }

    default R plus(double c) {
        return plus(arithmetic().of(c));
    }

    default R minus(double c) {
        return minus(arithmetic().of(c));
    }

    default R times(double c) {
        return times(arithmetic().of(c));
    }

    default R dividedBy(double c) {
        return dividedBy(arithmetic().of(c));
    }

    default R square() {
        return times(self());
    }

    default R reciprocal() {
        return arithmetic().one().dividedBy(self());
    }
}
