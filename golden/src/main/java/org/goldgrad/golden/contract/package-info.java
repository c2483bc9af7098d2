/** The judge as JUnit tests, to be extended in the build of whoever has an implementation. */
@NullMarked
package org.goldgrad.golden.contract;

import org.jspecify.annotations.NullMarked;
