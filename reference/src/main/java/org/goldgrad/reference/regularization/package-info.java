/** Dropout and ridge regression: the expected loss and the minimizers. */
@NullMarked
package org.goldgrad.reference.regularization;

import org.jspecify.annotations.NullMarked;
