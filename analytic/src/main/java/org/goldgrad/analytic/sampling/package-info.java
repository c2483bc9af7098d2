/** Laws of random numbers, and the exact tails of the statistics by which samples are judged. */
@NullMarked
package org.goldgrad.analytic.sampling;

import org.jspecify.annotations.NullMarked;
