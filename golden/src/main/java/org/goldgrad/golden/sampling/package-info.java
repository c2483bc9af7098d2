/** Samples and what they say about the law that they should follow: exact tests, their levels and their power. */
@NullMarked
package org.goldgrad.golden.sampling;

import org.jspecify.annotations.NullMarked;
