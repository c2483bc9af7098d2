package org.goldgrad.reference.regularization;

/**
 * What a feature is multiplied by under dropout, R ~ Bernoulli(p) with p the probability to keep, and its moments.
 *
 * <pre>
 *   plain       R          μ = p      ς² = p(1 − p)
 *   inverted    R/p        μ = 1      ς² = (1 − p)/p
 * </pre>
 *
 * Both have the same relative spread ς²/μ² = (1 − p)/p, and only that decides which function dropout learns.
 */
public enum DropoutMask {
    PLAIN {
        @Override
        double mean(double p) {
            return p;
        }

        @Override
        double variance(double p) {
            return p * (1 - p);
        }
    },

    INVERTED {
        @Override
        double mean(double p) {
            return 1;
        }

        @Override
        double variance(double p) {
            return (1 - p) / p;
        }
    };

    abstract double mean(double p);

    abstract double variance(double p);
}
