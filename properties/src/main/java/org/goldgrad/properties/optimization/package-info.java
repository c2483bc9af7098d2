/** Declarations, mistakes and claims of the optimization chapter. */
@NullMarked
package org.goldgrad.properties.optimization;

import org.jspecify.annotations.NullMarked;
