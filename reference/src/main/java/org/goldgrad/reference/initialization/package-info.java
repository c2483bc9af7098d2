/** Initial weights, drawn from a specified generator: the same bits everywhere. */
@NullMarked
package org.goldgrad.reference.initialization;

import org.jspecify.annotations.NullMarked;
