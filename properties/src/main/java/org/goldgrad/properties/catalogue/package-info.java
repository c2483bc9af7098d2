/** The explicit list of everything declared. */
@NullMarked
package org.goldgrad.properties.catalogue;

import org.jspecify.annotations.NullMarked;
