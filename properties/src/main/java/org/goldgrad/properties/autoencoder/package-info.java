/** Declarations, mistakes and claims of the autoencoder chapter. */
@NullMarked
package org.goldgrad.properties.autoencoder;

import org.jspecify.annotations.NullMarked;
