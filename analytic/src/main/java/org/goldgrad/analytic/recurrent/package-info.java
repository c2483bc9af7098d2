/** Definitions and closed forms of the recurrent chapter, generic over the arithmetic. */
@NullMarked
package org.goldgrad.analytic.recurrent;

import org.jspecify.annotations.NullMarked;
