/** Declarations, mistakes and claims of the recurrent chapter. */
@NullMarked
package org.goldgrad.properties.recurrent;

import org.jspecify.annotations.NullMarked;
