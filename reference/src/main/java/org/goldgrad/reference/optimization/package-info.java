/** Optimizer steps: pure functions from a state and a gradient to the next state. */
@NullMarked
package org.goldgrad.reference.optimization;

import org.jspecify.annotations.NullMarked;
