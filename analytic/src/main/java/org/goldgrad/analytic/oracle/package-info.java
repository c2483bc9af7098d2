/** What is computed from a definition alone: proofs of its value, error budgets, derivatives. */
@NullMarked
package org.goldgrad.analytic.oracle;

import org.jspecify.annotations.NullMarked;
