/** Definitions and closed forms of the optimization chapter, generic over the arithmetic. */
@NullMarked
package org.goldgrad.analytic.optimization;

import org.jspecify.annotations.NullMarked;
