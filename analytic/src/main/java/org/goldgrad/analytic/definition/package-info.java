/** What an operation's definition takes and gives: named tensors, integers and conventions. */
@NullMarked
package org.goldgrad.analytic.definition;

import org.jspecify.annotations.NullMarked;
