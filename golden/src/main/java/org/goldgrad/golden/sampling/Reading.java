package org.goldgrad.golden.sampling;

/**
 * What one statistic says about a sample.
 *
 * @param p how likely something at least as far out is if the sample is right
 * @param measured what it is about, in the sample
 * @param expected the same in the law
 */
public record Reading(Statistic statistic, double p, double measured, double expected) {}
