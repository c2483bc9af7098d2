package org.goldgrad.analytic.sampling;

import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Gamma;

/**
 * How likely something at least as far out is, for statistics whose distribution is known exactly.
 *
 * <p>Each tail is computed by itself and never as 1 minus the other, so that it keeps its relative accuracy however small it
 * is; {@code TailsTest} holds these to 1e-9 of sums of exact terms. Two-sided means twice the smaller tail.
 */
public final class Tails {
    private Tails() {}

    /** Twice the smaller of two tails, at most 1. */
    public static double twoSided(double below, double above) {
        return Math.min(1, 2 * Math.min(below, above));
    }

    /** P(|Z| ≥ |z|). */
    public static double normal(double z) {
        return Math.min(1, 2 * StandardNormal.above(Math.abs(z)));
    }

    /** P(χ² ≤ x) with n degrees of freedom. */
    public static double chiSquareBelow(double x, long n) {
        return Gamma.regularizedGammaP(n / 2.0, x / 2);
    }

    /** P(χ² ≥ x) with n degrees of freedom. */
    public static double chiSquareAbove(double x, long n) {
        return Gamma.regularizedGammaQ(n / 2.0, x / 2);
    }

    /** P(a²/(a² + b²) ≤ share), where a² and b² are sums of n squares of standard normal numbers each: the F test. */
    public static double shareBelow(double share, int n) {
        return Beta.regularizedBeta(share, n / 2.0, n / 2.0);
    }

    /** P(K ≤ k) of n trials with probability p. */
    public static double binomialBelow(long k, long n, double p) {
        if (k < 0) {
            return 0;
        }
        return k >= n ? 1 : p == 0 ? 1 : p == 1 ? 0 : Beta.regularizedBeta(1 - p, n - (double) k, k + 1.0);
    }

    /** P(K ≥ k) of n trials with probability p. */
    public static double binomialAbove(long k, long n, double p) {
        if (k <= 0) {
            return 1;
        }
        return k > n ? 0 : p == 0 ? 0 : p == 1 ? 1 : Beta.regularizedBeta(p, (double) k, n - k + 1.0);
    }

    /** What P(sup |F_n − F| ≥ d) is at most (Dvoretzky, Kiefer and Wolfowitz 1956; Massart 1990). */
    public static double gap(double d, long n) {
        return Math.min(1, 2 * StrictMath.exp(-2 * n * d * d));
    }

    /** P(max|X| ≤ m) of n numbers, where P(|X| > m) = beyond. */
    public static double largestBelow(double beyond, long n) {
        return StrictMath.exp(n * StrictMath.log1p(-beyond));
    }

    /** P(max|X| ≥ m). */
    public static double largestAbove(double beyond, long n) {
        return -StrictMath.expm1(n * StrictMath.log1p(-beyond));
    }
}
