/** The declarations of the initialization chapter. */
@NullMarked
package org.goldgrad.properties.initialization;

import org.jspecify.annotations.NullMarked;
