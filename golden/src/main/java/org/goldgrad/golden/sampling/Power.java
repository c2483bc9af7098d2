package org.goldgrad.golden.sampling;

import org.goldgrad.analytic.sampling.Distribution;
import org.goldgrad.analytic.sampling.Law;

/**
 * With which probability a wrong law is found out, from the exact distribution of each statistic under it.
 *
 * <pre>
 *   power ≥ max over tests of max(P(p₁ < SURE), P(p₁ < SUSPICIOUS) · P(p₂ < CONFIRMED))
 * </pre>
 */
final class Power {
    private Power() {}

    /**
     * The least probability that samples of a wrong law are told from those of the right one.
     *
     * @param answer how many numbers an answer has
     */
    static double of(Law right, Law other, long answer) {
        if (right.distinctRows() != other.distinctRows() || right.seeding() != other.seeding()) {
            return 1; // equal rows and equal answers are seen
        }
        return of(right.entry(), other.entry(), Series.sample(answer));
    }

    private static double of(Distribution right, Distribution other, long n) {
        double most = 0;
        for (Statistic statistic : Statistic.values()) {
            double once = statistic.power(right, other, n, Levels.SURE);
            double twice = statistic.power(right, other, n, Levels.SUSPICIOUS)
                    * statistic.power(right, other, Levels.TIMES * n, Levels.CONFIRMED);
            most = Math.max(most, Math.max(once, twice));
        }
        return Math.min(1, most);
    }

    /** The smallest relative error of the deviation, upward or downward, that is found with probability 0.999. */
    static double smallestError(Distribution right, long answer) {
        long n = Series.sample(answer);
        return Math.max(smallest(right, n, 1), smallest(right, n, -1));
    }

    private static double smallest(Distribution right, long n, int sign) {
        double unseen = 0;
        double seen = 0.9;
        for (int i = 0; i < 30; i++) {
            double error = (unseen + seen) / 2;
            if (of(right, right.scaled(1 + sign * error), n) >= Levels.POWER) {
                seen = error;
            } else {
                unseen = error;
            }
        }
        return seen;
    }
}
