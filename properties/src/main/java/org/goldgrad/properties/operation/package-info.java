/** What a declared operation consists of: signature, conventions, mistakes, claims, implementations. */
@NullMarked
package org.goldgrad.properties.operation;

import org.jspecify.annotations.NullMarked;
