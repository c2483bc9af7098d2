/** Implementations outside this JVM: the protocol, the process behind a pipe, answers in files. */
@NullMarked
package org.goldgrad.golden.adapter;

import org.jspecify.annotations.NullMarked;
