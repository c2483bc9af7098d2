package org.goldgrad.analytic.arithmetic;

/** A function of two numbers, in any arithmetic; a function of one ignores the other. */
@FunctionalInterface
interface Formula {
    <R extends Real<R>> R of(R x, R y);
}
