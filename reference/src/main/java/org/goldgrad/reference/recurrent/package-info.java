/** Recurrences over time and their backpropagation through time. */
@NullMarked
package org.goldgrad.reference.recurrent;

import org.jspecify.annotations.NullMarked;
