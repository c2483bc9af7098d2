package org.goldgrad.analytic.recurrent;

import org.goldgrad.analytic.arithmetic.Real;

/** A function of one number that a layer applies to every element. */
@FunctionalInterface
public interface Squash {
    <R extends Real<R>> R of(R a);
}
