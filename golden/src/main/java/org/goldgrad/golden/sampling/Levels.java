package org.goldgrad.golden.sampling;

import java.util.Optional;

/**
 * How unlikely something must be before an implementation is accused.
 *
 * <pre>
 *   first look     p < SURE          accused at once
 *                  p < SUSPICIOUS    the same test looks at a fresh sample four times as large
 *   second look    p < CONFIRMED     accused
 *   otherwise                        not accused
 *
 *   P(a right implementation is accused) ≤ CASES · tests · (SURE + SUSPICIOUS·CONFIRMED) = FAMILY − RESERVE
 * </pre>
 *
 * <p>Both looks are independent, because the seeds of the second are others, so their levels multiply. There is no third
 * look. The bound holds for all cases and tests together whatever depends on what (Bonferroni). The reserve pays for what
 * makes p-values inexact: numbers on the grid of 2⁻²⁴ from which binary32 is drawn move a distribution function by 2⁻²⁴ at
 * most, a score by 2⁻²⁴/φ(z) on average below 1e-6, and so p = 1e-9 by less than one part in a hundred ({@link Sample}).
 */
public final class Levels {
    /** The probability that anything at all is wrongly accused in a run. */
    static final double FAMILY = 1e-6;
    /** The most cases that a run may have whose answers are random. */
    static final int CASES = 100;

    static final double SUSPICIOUS = 1e-3;

    private static final double RESERVE = 0.1;
    private static final double EACH = FAMILY * (1 - RESERVE) / CASES / Statistic.values().length / 2;

    static final double SURE = EACH;
    static final double CONFIRMED = EACH / SUSPICIOUS;

    /** How many times larger the second sample is. */
    static final int TIMES = 4;

    /** What a case must tell a wrong law from the right one with. */
    static final double POWER = 0.999;

    private Levels() {}

    /** Why a run may not have so many cases whose answers are random, if it may not. */
    public static Optional<String> objection(long cases) {
        return cases <= CASES
                ? Optional.empty()
                : Optional.of(cases + " cases have random answers, but the levels of their tests are for " + CASES);
    }
}
