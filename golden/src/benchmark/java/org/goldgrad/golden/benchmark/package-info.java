/**
 * How long things take, in milliseconds: {@code mvn -Pbenchmark verify -Djmh=Lstm} runs the classes whose names match, and
 * without {@code -Djmh} all of them, in under three minutes.
 */
@NullMarked
package org.goldgrad.golden.benchmark;

import org.jspecify.annotations.NullMarked;
