/** Definitions and closed forms of the regularization chapter, generic over the arithmetic. */
@NullMarked
package org.goldgrad.analytic.regularization;

import org.jspecify.annotations.NullMarked;
