package org.goldgrad.golden.sampling;

import java.util.function.IntBinaryOperator;
import org.goldgrad.analytic.sampling.Distribution;
import org.goldgrad.analytic.sampling.StandardNormal;
import org.goldgrad.analytic.sampling.Tails;

/**
 * What is measured of the normal scores z of a sample. If the sample is right the z are independent standard normal numbers,
 * and the distribution of each statistic is known exactly, or, for {@link #SHAPE}, bounded.
 *
 * <pre>
 *   MEAN                Σz ~ N(0, n)                          SCALE     Σz² ~ χ²_n
 *   BEYOND_ONE, …       #{|z| > t} ~ binomial(n, 2Φ(−t))      LARGEST   P(max|z| ≤ m) = (1 − 2Φ(−m))ⁿ
 *   SHAPE               P(sup|F_n − F| ≥ d) ≤ 2e^(−2nd²)
 *   ALONG_ROWS, …       Σ(a + b)² / Σ(a − b)² ~ F over disjoint pairs (a, b) of neighbours, or of the same place
 *   ROW_MEANS, …        Σ over rows of (Σz)²/columns ~ χ²_rows
 * </pre>
 */
public enum Statistic {
    MEAN("the mean") {
        @Override
        Reading of(Sample sample) {
            double sum = 0;
            for (int i = 0; i < sample.size(); i++) {
                sum += sample.score(i);
            }
            return reading(Tails.normal(sum / StrictMath.sqrt(sample.size())), sample.mean(), 0);
        }
    },
    SCALE("the standard deviation") {
        @Override
        Reading of(Sample sample) {
            double square = 0;
            for (int i = 0; i < sample.size(); i++) {
                square += sample.score(i) * sample.score(i);
            }
            return reading(
                    chiSquare(square, sample.size()),
                    sample.deviation(),
                    sample.entry().standardDeviation());
        }

        /** Exact between normal distributions, of which one is the other scaled; no less than 0 otherwise. */
        @Override
        double power(Distribution right, Distribution other, long n, double level) {
            double ratio = other.standardDeviation() / right.standardDeviation();
            if (right.bound() != Double.POSITIVE_INFINITY || other.bound() != Double.POSITIVE_INFINITY) {
                return 0;
            }
            double r = ratio * ratio;
            double least = root(x -> Tails.chiSquareBelow(x, n) < level / 2, 0, (double) n);
            double most = root(x -> !(Tails.chiSquareAbove(x, n) < level / 2), (double) n, 10.0 * n + 1000);
            return Tails.chiSquareBelow(least / r, n) + Tails.chiSquareAbove(most / r, n);
        }
    },
    BEYOND_ONE("the share of entries beyond one deviation's score") {
        @Override
        Reading of(Sample sample) {
            return beyond(sample, 1);
        }

        @Override
        double power(Distribution right, Distribution other, long n, double level) {
            return tail(right, other, 1, n, level);
        }
    },
    BEYOND_TWO("the share of entries beyond two deviations' score") {
        @Override
        Reading of(Sample sample) {
            return beyond(sample, 2);
        }

        @Override
        double power(Distribution right, Distribution other, long n, double level) {
            return tail(right, other, 2, n, level);
        }
    },
    BEYOND_THREE("the share of entries beyond three deviations' score") {
        @Override
        Reading of(Sample sample) {
            return beyond(sample, 3);
        }

        @Override
        double power(Distribution right, Distribution other, long n, double level) {
            return tail(right, other, 3, n, level);
        }
    },
    LARGEST("the largest magnitude") {
        @Override
        Reading of(Sample sample) {
            Distribution entry = sample.entry();
            long n = sample.size();
            double beyond = sample.beyondLargest();
            double p = Tails.twoSided(Tails.largestBelow(beyond, n), Tails.largestAbove(beyond, n));
            double median = entry.quantileBeyond(-StrictMath.expm1(StrictMath.log(0.5) / n));
            return reading(p, sample.largest(), median);
        }

        @Override
        double power(Distribution right, Distribution other, long n, double level) {
            double low = right.quantileBeyond(-StrictMath.expm1(StrictMath.log(level / 2) / n));
            double high = right.quantileBeyond(-StrictMath.expm1(StrictMath.log1p(-level / 2) / n));
            return Tails.largestBelow(other.beyond(low), n) + Tails.largestAbove(other.beyond(high), n);
        }
    },
    SHAPE("the largest gap between the sample's distribution function and the law's") {
        @Override
        Reading of(Sample sample) {
            double[] z = sample.sorted();
            int n = z.length;
            double gap = 0;
            for (int i = 0; i < n; i++) {
                double f = 1 - StandardNormal.above(z[i]);
                gap = Math.max(gap, Math.max(f - (double) i / n, (i + 1.0) / n - f));
            }
            return reading(Tails.gap(gap, n), gap, 0);
        }
    },
    ALONG_ROWS("the correlation of neighbours in a row") {
        @Override
        Reading of(Sample sample) {
            int half = sample.columns() / 2;
            return pairs(sample, half * sample.rows(), (i, side) -> i / half * sample.columns() + i % half * 2 + side);
        }
    },
    ALONG_COLUMNS("the correlation of neighbours in a column") {
        @Override
        Reading of(Sample sample) {
            int columns = sample.columns();
            return pairs(
                    sample, sample.rows() / 2 * columns, (i, side) -> (i / columns * 2 + side) * columns + i % columns);
        }
    },
    ACROSS_HALVES("the correlation of the first half of a sample with the second") {
        @Override
        Reading of(Sample sample) {
            int each = sample.size() / sample.answers();
            int half = each / 2;
            return pairs(sample, half * sample.answers(), (i, side) -> i / half * each + i % half + side * half);
        }
    },
    ACROSS_SEEDS("the correlation of the answers to one seed and to the next") {
        @Override
        Reading of(Sample sample) {
            int each = sample.size() / sample.answers();
            return pairs(sample, sample.answers() / 2 * each, (i, side) -> (i / each * 2 + side) * each + i % each);
        }
    },
    ROW_MEANS("the spread of the rows' means") {
        @Override
        Reading of(Sample sample) {
            return means(sample, sample.rows(), sample.columns(), (row, column) -> row * sample.columns() + column);
        }
    },
    COLUMN_MEANS("the spread of the columns' means") {
        @Override
        Reading of(Sample sample) {
            return means(sample, sample.columns(), sample.rows(), (column, row) -> row * sample.columns() + column);
        }
    };

    private final String words;

    Statistic(String words) {
        this.words = words;
    }

    /** What people call it. */
    public String words() {
        return words;
    }

    abstract Reading of(Sample sample);

    /** With which probability at least a sample of n numbers of another distribution has a p below a level; 0 if unknown. */
    double power(Distribution right, Distribution other, long n, double level) {
        return 0;
    }

    final Reading reading(double p, double measured, double expected) {
        return new Reading(this, p, measured, expected);
    }

    private static double chiSquare(double x, long n) {
        return Tails.twoSided(Tails.chiSquareBelow(x, n), Tails.chiSquareAbove(x, n));
    }

    final Reading beyond(Sample sample, int t) {
        long n = sample.size();
        long count = 0;
        for (int i = 0; i < n; i++) {
            count += Math.abs(sample.score(i)) > t ? 1 : 0;
        }
        double p = 2 * StandardNormal.above(t);
        return reading(
                Tails.twoSided(Tails.binomialBelow(count, n, p), Tails.binomialAbove(count, n, p)),
                (double) count / n,
                p);
    }

    private static double tail(Distribution right, Distribution other, int t, long n, double level) {
        double p = 2 * StandardNormal.above(t);
        double q = other.beyond(right.quantileBeyond(p));
        long least = (long) root(k -> Tails.binomialBelow((long) k, n, p) < level / 2, -1, n * p);
        long most = (long) root(k -> !(Tails.binomialAbove((long) k, n, p) < level / 2), n * p, n + 1.0);
        return Tails.binomialBelow(least, n, q) + Tails.binomialAbove(most + 1, n, q);
    }

    /** The last x from low to high at which a condition that is met at first is met. */
    private static double root(java.util.function.DoublePredicate met, double low, double high) {
        double in = low;
        double out = high;
        for (int i = 0; i < 100 && in < out; i++) {
            double middle = in + (out - in) / 2;
            if (met.test(middle)) {
                in = middle;
            } else {
                out = middle;
            }
        }
        return in;
    }

    /** The F test of n pairs, whose members have the positions that are given. */
    final Reading pairs(Sample sample, int n, IntBinaryOperator position) {
        if (n == 0) {
            return reading(1, 0, 0);
        }
        double plus = 0;
        double minus = 0;
        for (int i = 0; i < n; i++) {
            double a = sample.score(position.applyAsInt(i, 0));
            double b = sample.score(position.applyAsInt(i, 1));
            plus += (a + b) * (a + b);
            minus += (a - b) * (a - b);
        }
        double share = plus / (plus + minus);
        double p = Tails.twoSided(Tails.shareBelow(share, n), Tails.shareBelow(minus / (plus + minus), n));
        return reading(p, 2 * share - 1, 0);
    }

    /** The χ² test of the sums of lines, each with so many numbers. */
    final Reading means(Sample sample, int lines, int length, IntBinaryOperator position) {
        double square = 0;
        for (int line = 0; line < lines; line++) {
            double sum = 0;
            for (int i = 0; i < length; i++) {
                sum += sample.score(position.applyAsInt(line, i));
            }
            square += sum * sum / length;
        }
        return reading(chiSquare(square, lines), StrictMath.sqrt(square / lines), 1);
    }
}
