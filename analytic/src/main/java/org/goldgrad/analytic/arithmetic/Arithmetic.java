package org.goldgrad.analytic.arithmetic;

/**
 * Makes numbers of one kind and adds them up.
 *
 * <p>Sums and dot products are operations of the arithmetic, not loops in a definition: their terms may be added in any
 * order, and each arithmetic says what that costs (a ball rounds once, an error budget charges n + 1 roundings, an
 * emulated precision tries several orders).
 *
 * @param <R> the number type
 */
public interface Arithmetic<R extends Real<R>> {
    /** The number nearest to a finite double; exact unless this arithmetic is coarser than binary64. */
    R of(double value);

    /** Σ xᵢ; 0 for no terms. */
    R sum(R[] x);

    /** Σ xᵢyᵢ. */
    R dot(R[] x, R[] y);

    /** Significant bits of a number: 53 for binary64. */
    int precision();

    /**
     * Whether results enclose the true value, so that a definition that iterates must also prove how far it got.
     * Where this is false, {@link #midpoint} and {@link #within} change nothing.
     */
    default boolean encloses() {
        return false;
    }

    /** An exact number near x: the place from which an approximate algorithm may start without carrying old doubt along. */
    default R midpoint(R x) {
        return x;
    }

    /** A number known to lie no further than radius from the estimate. */
    default R within(R estimate, R radius) {
        return estimate;
    }

    /**
     * x, as an honest algorithm may know it: off by as much as size·u, however it got there. Where a definition takes one of
     * several good routes, this grants the others their error; it changes an error budget and nothing else.
     */
    default R honest(R x, R size) {
        return x;
    }

    default R zero() {
        return of(0);
    }

    default R one() {
        return of(1);
    }

    /** n numbers, not yet set. */
    R[] array(int n);
}
