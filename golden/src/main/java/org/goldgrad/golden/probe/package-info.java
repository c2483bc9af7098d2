/** Searches for a question that an implementation answers wrongly, and for the smallest of its kind. */
@NullMarked
package org.goldgrad.golden.probe;

import org.jspecify.annotations.NullMarked;
