/** Inputs from lists of choices, and the shrinking of such lists. */
@NullMarked
package org.goldgrad.properties.draw;

import org.jspecify.annotations.NullMarked;
