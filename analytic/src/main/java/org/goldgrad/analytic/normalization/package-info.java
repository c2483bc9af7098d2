/** Definitions and closed forms of the normalization chapter, generic over the arithmetic. */
@NullMarked
package org.goldgrad.analytic.normalization;

import org.jspecify.annotations.NullMarked;
