/** Deeplearning4j's own layers as an implementation under test. */
@NullMarked
package org.goldgrad.properties.dl4j;

import org.jspecify.annotations.NullMarked;
