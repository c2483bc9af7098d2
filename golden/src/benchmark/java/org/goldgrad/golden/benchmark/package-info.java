/**
 * How long things take, and how many a second: {@code mvn -Pbenchmark verify -Djmh=Lstm} runs the classes whose names match,
 * and without {@code -Djmh} all of them, in about seven minutes.
 */
@NullMarked
package org.goldgrad.golden.benchmark;

import org.jspecify.annotations.NullMarked;
