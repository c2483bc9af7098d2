/** Principal components, the optimum of a linear autoencoder. */
@NullMarked
package org.goldgrad.reference.autoencoder;

import org.jspecify.annotations.NullMarked;
