/** Number types that one definition is evaluated in: binary64, double-double, balls, tapes, low precisions, fractions. */
@NullMarked
package org.goldgrad.analytic.arithmetic;

import org.jspecify.annotations.NullMarked;
