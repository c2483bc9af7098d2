/** The judge: answers into verdicts, verdicts into diagnoses, all of it into a run log. */
@NullMarked
package org.goldgrad.golden.judge;

import org.jspecify.annotations.NullMarked;
