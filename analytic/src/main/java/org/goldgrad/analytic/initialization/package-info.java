/** Definitions and closed forms of the initialization chapter, generic over the arithmetic. */
@NullMarked
package org.goldgrad.analytic.initialization;

import org.jspecify.annotations.NullMarked;
