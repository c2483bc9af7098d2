/** Normalization layers: moments, outputs and hand-derived gradients. */
@NullMarked
package org.goldgrad.reference.normalization;

import org.jspecify.annotations.NullMarked;
