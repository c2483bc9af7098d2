/** libtorch's own operations, optimizers and automatic differentiation as an adapter. */
@NullMarked
package org.goldgrad.libtorch;

import org.jspecify.annotations.NullMarked;
