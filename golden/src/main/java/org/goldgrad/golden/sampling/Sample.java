package org.goldgrad.golden.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.sampling.Distribution;

/**
 * Answers to several seeds as normal scores: independent standard normal numbers if each entry is distributed as it should.
 *
 * <p>Rows are those of all answers, one under another; what is not the first axis is a row. Scores end where the grid ends
 * from which the format's uniform numbers are drawn (2⁻²⁴ for binary32, so that 0 is among them every 16 million times): at
 * 5.4 for binary32, which changes Σz² by about 2 in one of 700 samples of 24,000, where its own deviation is 220.
 */
final class Sample {
    /** A row that is shorter may come twice by chance, on a grid of 2⁻²⁴. */
    private static final int LONG = 4;

    private final Distribution entry;
    private final Format format;
    private final List<double[]> answers = new ArrayList<>();
    private final int rows;
    private final int columns;
    private final double[] scores;

    Sample(Distribution entry, Format format, List<Array> answers) {
        this.entry = entry;
        this.format = format;
        Array first = answers.get(0);
        answers.forEach(answer -> this.answers.add(answer.elements()));
        rows = first.size(0) * answers.size();
        columns = first.size() / first.size(0);
        double grid = format.unitRoundoff() / 2;
        scores = this.answers.stream()
                .flatMapToDouble(Arrays::stream)
                .map(x -> entry.score(x, grid))
                .toArray();
    }

    Distribution entry() {
        return entry;
    }

    int size() {
        return scores.length;
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /** How many seeds. */
    int answers() {
        return answers.size();
    }

    double score(int row, int column) {
        return scores[row * columns + column];
    }

    double score(int i) {
        return scores[i];
    }

    /** All scores, in order of size. */
    double[] sorted() {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private double x(int i) {
        int n = answers.get(0).length;
        return answers.get(i / n)[i % n];
    }

    /** max|x|. */
    double largest() {
        double largest = 0;
        for (double[] answer : answers) {
            for (double x : answer) {
                largest = Math.max(largest, Math.abs(x));
            }
        }
        return largest;
    }

    /** P(|X| > max|x|), and no less than the grid's first step where there is a bound, which coarse numbers may hit. */
    double beyondLargest() {
        double beyond = entry.beyond(largest());
        return Double.isInfinite(entry.bound()) ? beyond : Math.max(beyond, format.unitRoundoff());
    }

    double mean() {
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            sum += x(i);
        }
        return sum / scores.length;
    }

    /** √E[x²]. */
    double deviation() {
        return StrictMath.sqrt(moment(2));
    }

    /** E[x⁴]/E[x²]². */
    double kurtosis() {
        double square = moment(2);
        return moment(4) / (square * square);
    }

    private double moment(int power) {
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            double square = x(i) * x(i);
            sum += power == 2 ? square : square * square;
        }
        return sum / scores.length;
    }

    /** What no chance explains, as a clause: numbers that are none, numbers out of range, rows or answers that are equal. */
    Optional<String> impossibility() {
        return notFinite().or(this::outOfRange).or(this::equalAnswers).or(this::equalRows);
    }

    private Optional<String> notFinite() {
        for (int i = 0; i < scores.length; i++) {
            if (!Double.isFinite(x(i))) {
                return Optional.of("an entry is " + x(i));
            }
        }
        return Optional.empty();
    }

    private Optional<String> outOfRange() {
        double most = entry.bound() * (1 + 8 * format.unitRoundoff());
        return largest() > most
                ? Optional.of("an entry has the magnitude " + largest() + ", and none is larger than " + entry.bound())
                : Optional.empty();
    }

    private Optional<String> equalAnswers() {
        for (int j = 1; j < answers.size(); j++) {
            for (int i = 0; i < j; i++) {
                if (Arrays.equals(answers.get(i), answers.get(j))) {
                    return Optional.of("two seeds give the same numbers");
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> equalRows() {
        if (columns < LONG) {
            return Optional.empty();
        }
        int perAnswer = rows / answers.size();
        Map<List<Double>, Integer> seen = new HashMap<>();
        int repeated = 0;
        String where = "";
        for (int row = 0; row < rows; row++) {
            double[] answer = answers.get(row / perAnswer);
            int from = row % perAnswer * columns;
            List<Double> numbers =
                    Arrays.stream(answer, from, from + columns).boxed().toList();
            Integer before = seen.putIfAbsent(numbers, row);
            if (before != null) {
                repeated++;
                where = where.isEmpty()
                        ? "rows " + before % perAnswer + " and " + row % perAnswer + " are equal"
                        : where;
            }
        }
        return repeated == 0
                ? Optional.empty()
                : Optional.of(where + ", " + repeated + " of " + rows + " are repeated");
    }
}
