package org.goldgrad.analytic.definition;

import org.goldgrad.analytic.arithmetic.Real;

/**
 * A formula, written once for every arithmetic.
 *
 * <p>Usually a reference to a static generic method; a record where it is a formula made from another one.
 */
@FunctionalInterface
public interface Definition {
    <R extends Real<R>> Answer<R> of(Question<R> question);
}
