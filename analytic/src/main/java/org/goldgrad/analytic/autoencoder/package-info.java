/** Definitions and closed forms of the autoencoder chapter, generic over the arithmetic. */
@NullMarked
package org.goldgrad.analytic.autoencoder;

import org.jspecify.annotations.NullMarked;
