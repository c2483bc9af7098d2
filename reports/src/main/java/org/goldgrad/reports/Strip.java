package org.goldgrad.reports;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.golden.judge.CaseResult;
import org.goldgrad.golden.judge.OperationResult;
import org.goldgrad.golden.judge.Verdict;

/** A strip from 0 bits to a little more than the format has, with a tick where each answer shows its precision. */
final class Strip {
    private static final int WIDTH = 600;
    /** How far the strip goes on beyond the format, as a fraction of its precision. */
    private static final double BEYOND = 0.1;

    private Strip() {}

    static Map<String, Object> of(OperationResult result, Format format) {
        Map<String, Object> strip = new LinkedHashMap<>();
        strip.put("width", WIDTH);
        strip.put("format", position(format.precision(), format));
        strip.put("formatName", format.name().toLowerCase(java.util.Locale.ROOT));
        strip.put("formatBits", format.precision());
        strip.put("worst", Double.isNaN(result.bits()) ? 0 : position(result.bits(), format));
        strip.put(
                "ticks",
                result.cases().stream().flatMap(one -> tick(one, format)).toList());
        return strip;
    }

    private static Stream<Map<String, Object>> tick(CaseResult one, Format format) {
        if (one.verdict() instanceof Verdict.Agrees agrees) {
            return tick(one, "agrees", agrees.precision(), format);
        }
        if (one.verdict() instanceof Verdict.Differs differs) {
            return tick(one, "differs", differs.precision(), format);
        }
        return Stream.empty();
    }

    private static Stream<Map<String, Object>> tick(
            CaseResult one, String tone, Verdict.Precision precision, Format format) {
        return Double.isNaN(precision.bits())
                ? Stream.empty()
                : Stream.of(Map.of(
                        "at",
                        position(precision.bits(), format),
                        "tone",
                        tone,
                        "label",
                        one.caseId() + ": " + Numbers.tenth(precision.bits()) + " bits"));
    }

    /** Where so many bits are; everything beyond the strip's ends is at its ends. */
    private static long position(double bits, Format format) {
        double most = format.precision() * (1 + BEYOND);
        return Math.round(WIDTH * Math.max(0, Math.min(bits, most)) / most);
    }
}
