package org.goldgrad.golden.sampling;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.sampling.Law;

/**
 * Whether samples follow a law, after one look or two ({@link Levels}).
 *
 * @param entries how many numbers of an answer
 * @param reproducible whether the same seed gave the same bits
 */
public record Ruling(Law law, Format format, long entries, boolean reproducible, Look first, Optional<Look> second) {
    /**
     * After the first look.
     *
     * @param answers to {@link Series#first}
     */
    public static Ruling of(Law law, Format format, List<Array> answers) {
        Array own = answers.get(0);
        Look look = Look.of(law.entry(), format, List.of(own, answers.get(2)));
        return new Ruling(law, format, own.size(), own.equals(answers.get(1)), look, Optional.empty());
    }

    /** Why samples in a format say nothing, if they do. */
    public static Optional<String> tooCoarse(Format format) {
        return format.precision() >= Format.BINARY32.precision()
                ? Optional.empty()
                : Optional.of("random numbers in " + format.name().toLowerCase(Locale.ROOT)
                        + " lie on a grid that is too coarse for their law to be judged");
    }

    /** Whether a second look is due: something is unlikely, nothing so unlikely that it decides. */
    public boolean isOpen() {
        return second.isEmpty()
                && accusation().isEmpty()
                && !first.below(Levels.SUSPICIOUS).isEmpty();
    }

    /**
     * After the second look.
     *
     * @param answers to {@link Series#second}
     */
    public Ruling with(List<Array> answers) {
        return new Ruling(
                law, format, entries, reproducible, first, Optional.of(Look.of(law.entry(), format, answers)));
    }

    /** What the samples are accused of. */
    public Optional<Accusation> accusation() {
        if (!reproducible) {
            return Optional.of(Accusation.of("the same seed gives other numbers"));
        }
        Optional<String> impossibility = first.impossibility().or(() -> second.flatMap(Look::impossibility));
        if (impossibility.isPresent()) {
            return impossibility.map(Accusation::of);
        }
        List<Reading> sure = first.below(Levels.SURE);
        return sure.isEmpty() ? second.flatMap(this::confirmed) : Optional.of(Accusation.of(sure, first.size()));
    }

    private Optional<Accusation> confirmed(Look again) {
        List<Statistic> suspicious =
                first.below(Levels.SUSPICIOUS).stream().map(Reading::statistic).toList();
        List<Reading> confirmed = again.below(Levels.CONFIRMED).stream()
                .filter(reading -> suspicious.contains(reading.statistic()))
                .toList();
        return confirmed.isEmpty() ? Optional.empty() : Optional.of(Accusation.of(confirmed, again.size()));
    }

    /**
     * Why samples are not of their law.
     *
     * @param reading the first that says so; absent where it takes no statistics
     */
    public record Accusation(String reason, Optional<Reading> reading) {
        private static Accusation of(String clause) {
            return new Accusation(clause + ", which no chance explains", Optional.empty());
        }

        private static Accusation of(List<Reading> readings, int size) {
            Reading one = readings.get(0);
            String more = readings.size() == 1
                    ? ""
                    : ", and " + (readings.size() - 1) + " more of " + Statistic.values().length + " tests say so";
            return new Accusation(
                    String.format(
                            Locale.ROOT,
                            "%s is %.4g, should be %.4g; chance gives so much in %d entries with probability %s%s",
                            one.statistic().words(),
                            one.measured(),
                            one.expected(),
                            size,
                            probability(one.p()),
                            more),
                    Optional.of(one));
        }
    }

    private static String probability(double p) {
        return p < Double.MIN_NORMAL ? "below 1e-307" : String.format(Locale.ROOT, "%.2g", p);
    }

    /** The sample, and what the ruling is worth: one sentence. */
    public String statement() {
        Look look = second.orElse(first);
        return String.format(
                Locale.ROOT,
                "%d entries%s; law %s; deviation %.4g, should be %.4g; fourth moment %.3f, should be %.3f; least of %d"
                        + " p-values %s; a deviation that is off by %.2g %% is found with probability %s; false alarms"
                        + " below %s a run",
                look.size(),
                second.isPresent() ? " in a second look after a suspicious one at " + first.size() : "",
                law,
                look.deviation(),
                law.entry().standardDeviation(),
                look.kurtosis(),
                law.entry().kurtosis(),
                Statistic.values().length,
                probability(look.least()),
                100 * Power.smallestError(law.entry(), entries),
                Levels.POWER,
                "1e-6");
    }
}
