package org.goldgrad.golden.sampling;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.sampling.Distribution;

/**
 * All that is measured of a sample.
 *
 * @param impossibility what no chance explains, as a clause
 * @param readings none if something is impossible
 */
record Look(int size, double deviation, double kurtosis, Optional<String> impossibility, List<Reading> readings) {
    public Look {
        readings = List.copyOf(readings);
    }

    /** Of the answers to several seeds, all of one shape. */
    static Look of(Distribution entry, Format format, List<Array> answers) {
        Sample sample = new Sample(entry, format, answers);
        Optional<String> impossibility = sample.impossibility();
        List<Reading> readings = impossibility.isPresent()
                ? List.of()
                : Arrays.stream(Statistic.values())
                        .map(statistic -> statistic.of(sample))
                        .toList();
        return new Look(sample.size(), sample.deviation(), sample.kurtosis(), impossibility, readings);
    }

    /** The readings whose p is below a level, in the order of statistics. */
    List<Reading> below(double level) {
        return readings.stream().filter(reading -> !(reading.p() >= level)).toList();
    }

    /** The least p. */
    double least() {
        return readings.stream()
                .min(Comparator.comparingDouble(Reading::p))
                .map(Reading::p)
                .orElse(0.0);
    }
}
