/** Declarations, mistakes and claims of the normalization chapter. */
@NullMarked
package org.goldgrad.properties.normalization;

import org.jspecify.annotations.NullMarked;
