package org.goldgrad.analytic.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

/** Tails against sums of exact terms, down to 1e-30; and distributions against their own integrals. */
class TailsTest {
    private static final MathContext DIGITS = new MathContext(40);
    private static final double RELATIVE = 1e-9;

    private static void close(double expected, double actual, String what) {
        assertTrue(
                Math.abs(actual - expected) <= RELATIVE * Math.abs(expected),
                () -> what + " is " + actual + ", should be " + expected);
    }

    /** P(K ≥ k) of n trials with p = numerator/100, term by term in 40 digits. */
    private static double binomialAbove(int k, int n, int numerator) {
        BigDecimal p = BigDecimal.valueOf(numerator, 2);
        BigDecimal odds = p.divide(BigDecimal.ONE.subtract(p), DIGITS);
        BigDecimal term = BigDecimal.ONE.subtract(p).pow(n, DIGITS);
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i <= n; i++) {
            sum = i >= k ? sum.add(term, DIGITS) : sum;
            term = term.multiply(odds, DIGITS)
                    .multiply(BigDecimal.valueOf(n - i), DIGITS)
                    .divide(BigDecimal.valueOf(i + 1L), DIGITS);
        }
        return sum.doubleValue();
    }

    @Test
    void binomial_tails_are_sums_of_their_terms() {
        for (int n : new int[] {20, 500, 4000}) {
            for (int numerator : new int[] {1, 32, 50}) {
                for (double deviations : new double[] {-8, -3, 0, 3, 8}) {
                    double p = numerator / 100.0;
                    int k = (int) Math.round(n * p + deviations * StrictMath.sqrt(n * p * (1 - p)));
                    if (k > 0 && k <= n) {
                        String what = "k=" + k + ", n=" + n + ", p=" + p;
                        close(binomialAbove(k, n, numerator), Tails.binomialAbove(k, n, p), what);
                        close(binomialAbove(n - k, n, 100 - numerator), Tails.binomialBelow(k, n, p), what);
                    }
                }
            }
        }
    }

    /** Q(x) = e^(−x/2) Σ_{j<n/2} (x/2)^j/j! for even n; P(x) = e^(−x/2) Σ_{j≥n/2} (x/2)^j/j!. */
    @Test
    void chi_square_tails_are_poisson_sums() {
        for (int n : new int[] {2, 100, 4096, 24300}) {
            for (double deviations : new double[] {-9, -4, -1, 0, 1, 4, 9}) {
                double x = n + deviations * StrictMath.sqrt(2.0 * n);
                if (x > 0) {
                    double[] tails = poisson(x / 2, n / 2);
                    close(tails[0], Tails.chiSquareBelow(x, n), "P of " + x + " with " + n);
                    close(tails[1], Tails.chiSquareAbove(x, n), "Q of " + x + " with " + n);
                }
            }
        }
    }

    private static double[] poisson(double mean, int from) {
        BigDecimal lambda = new BigDecimal(mean);
        BigDecimal term = BigDecimal.ONE;
        BigDecimal below = BigDecimal.ZERO;
        BigDecimal above = BigDecimal.ZERO;
        int last = (int) (mean + 60 * StrictMath.sqrt(mean) + 200);
        for (int j = 0; j <= last; j++) {
            below = j < from ? below.add(term, DIGITS) : below;
            above = j >= from ? above.add(term, DIGITS) : above;
            term = term.multiply(lambda, DIGITS).divide(BigDecimal.valueOf(j + 1L), DIGITS);
        }
        BigDecimal all = below.add(above, DIGITS);
        return new double[] {
            above.divide(all, DIGITS).doubleValue(), below.divide(all, DIGITS).doubleValue()
        };
    }

    /** For even n: P(B ≤ x) of the beta distribution (n/2, n/2) is P(K ≥ n/2) of n − 1 trials with probability x. */
    @Test
    void the_share_of_squares_is_a_binomial_tail() {
        for (int n : new int[] {2, 100, 3000}) {
            for (int numerator : new int[] {30, 45, 48, 50, 52, 70}) {
                close(
                        binomialAbove(n / 2, n - 1, numerator),
                        Tails.shareBelow(numerator / 100.0, n),
                        "share " + numerator + " % of " + n);
            }
        }
    }

    @Test
    void the_normal_tail_and_its_inverse_undo_each_other() {
        for (double z = -8; z <= 30; z += 0.0625) {
            double p = StandardNormal.above(z);
            double slope = StrictMath.exp(-z * z / 2) / StrictMath.sqrt(2 * Math.PI);
            double allowed = 1e-12 * p / slope + 1e-15 * (1 + Math.abs(z)) + 0x1p-52 / slope * (z < 0 ? 1 : 0);
            assertEquals(z, StandardNormal.quantileAbove(p), allowed);
        }
        assertEquals(Double.POSITIVE_INFINITY, StandardNormal.quantileAbove(0));
    }

    /** Known to 16 digits (Abramowitz and Stegun 1964, table 26.2, and its asymptotic series beyond). */
    @Test
    void the_normal_tail_is_right_near_and_far() {
        close(0.15865525393145705, StandardNormal.above(1), "1");
        close(0.02275013194817921, StandardNormal.above(2), "2");
        close(3.167124183311992e-5, StandardNormal.above(4), "4");
        close(9.86587645037698e-10, StandardNormal.above(6), "6");
        close(6.220960574271785e-16, StandardNormal.above(8), "8");
        close(7.619853024160527e-24, StandardNormal.above(10), "10");
    }

    @Test
    void distributions_have_the_moments_of_their_quantiles() {
        for (Distribution law : new Distribution[] {new Normal(0.25), new Uniform(0.5), Truncated.of(0.25, 0.5)}) {
            int n = 200_000;
            double square = 0;
            double fourth = 0;
            for (int i = 0; i < n; i++) {
                double x = law.quantile((i + 0.5) / n);
                assertEquals((i + 0.5) / n < 0.5 ? -1 : 1, Math.signum(x));
                square += x * x / n;
                fourth += x * x * x * x / n;
            }
            assertEquals(1, StrictMath.sqrt(square) / law.standardDeviation(), 1e-4, law::toString);
            assertEquals(1, fourth / (square * square) / law.kurtosis(), 1e-3, law::toString);
            for (double u : new double[] {1e-9, 0.01, 0.3, 0.77, 1 - 1e-6}) {
                double x = law.quantile(u);
                assertEquals(StandardNormal.quantileAbove(1 - u), law.score(x, 0x1p-54), 1e-6, law::toString);
            }
        }
    }
}
