/** The command line, and what it shows of a run: on a terminal, as a page, as JSON. */
@NullMarked
package org.goldgrad.reports;

import org.jspecify.annotations.NullMarked;
