/** Golden files: their cases, format, generator, lint and checksums. */
@NullMarked
package org.goldgrad.golden.vectors;

import org.jspecify.annotations.NullMarked;
