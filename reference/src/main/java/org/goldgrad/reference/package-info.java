/**
 * What frameworks do: recurrences, hand-derived backward passes and optimizer steps in plain double arithmetic, written
 * to be read beside their formulas.
 *
 * <p>Every function is pure: no argument is changed or kept, every result is freshly computed and belongs to the
 * caller. A vector is a column (d×1) unless its documentation says row; a tensor of rank 3 is the list of its matrices,
 * first axis first. Arguments are checked for shape, and for what would leave the answer undefined; NaN and ∞ pass
 * through.
 */
@NullMarked
package org.goldgrad.reference;

import org.jspecify.annotations.NullMarked;
