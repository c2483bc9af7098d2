/** ND4J's own operations as an implementation under test. */
@NullMarked
package org.goldgrad.properties.nd4j;

import org.jspecify.annotations.NullMarked;
