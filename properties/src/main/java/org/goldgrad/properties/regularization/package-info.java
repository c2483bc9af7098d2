/** Declarations, mistakes and claims of the regularization chapter. */
@NullMarked
package org.goldgrad.properties.regularization;

import org.jspecify.annotations.NullMarked;
