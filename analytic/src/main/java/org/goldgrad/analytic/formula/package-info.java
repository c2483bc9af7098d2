/** Formulas as people write them, read once: shown to people and evaluated in every arithmetic. */
@NullMarked
package org.goldgrad.analytic.formula;

import org.jspecify.annotations.NullMarked;
