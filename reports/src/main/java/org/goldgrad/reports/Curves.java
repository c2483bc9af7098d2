package org.goldgrad.reports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.operation.Operation;

/**
 * Proven sequences as curves over time, on a logarithmic scale: for operations all of whose outputs are a number for every step.
 *
 * <p>A panel for every combination of conventions, in it a colour for every long case, and a style of line for every output.
 */
final class Curves {
    private static final int WIDTH = 300;
    private static final int HEIGHT = 160;
    /** From where on a sequence is long enough to be looked at. */
    private static final int LONG = 20;
    /** Powers of ten between two lines of the grid. */
    private static final int STEP = 4;
    /** What is beyond this power of ten, or its reciprocal, is drawn at the edge. */
    private static final int EDGE = 4 * STEP;

    private Curves() {}

    static List<Map<String, Object>> of(Operation operation, List<GoldenCase> cases) {
        boolean sequences = operation.signature().outputs().stream()
                .allMatch(output -> output.dimensions().equals(List.of("time")));
        if (!sequences) {
            return List.of();
        }
        List<GoldenCase> longOnes = cases.stream()
                .filter(golden -> golden.expected().arrays().values().stream().allMatch(y -> y.size() >= LONG))
                .toList();
        Scale scale = Scale.of(longOnes);
        return longOnes.stream()
                .collect(Collectors.groupingBy(
                        golden -> golden.inputs().conventions(), LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(panel -> panel(panel.getKey(), panel.getValue(), scale))
                .toList();
    }

    private static Map<String, Object> panel(Map<String, String> conventions, List<GoldenCase> cases, Scale scale) {
        List<Map<String, Object>> curves = new ArrayList<>();
        for (int colour = 0; colour < cases.size(); colour++) {
            int style = 0;
            for (Map.Entry<String, Array> output :
                    cases.get(colour).expected().arrays().entrySet()) {
                curves.add(Map.of(
                        "colour",
                        colour,
                        "style",
                        style++,
                        "label",
                        output.getKey() + ", " + cases.get(colour).title(),
                        "points",
                        scale.points(output.getValue())));
            }
        }
        Map<String, Object> panel = new LinkedHashMap<>();
        panel.put(
                "title",
                conventions.entrySet().stream()
                        .map(choice -> choice.getKey() + " " + choice.getValue())
                        .collect(Collectors.joining(", ")));
        panel.put("width", WIDTH);
        panel.put("height", HEIGHT);
        panel.put("ticks", scale.ticks());
        panel.put("curves", curves);
        panel.put("cases", cases.stream().map(GoldenCase::title).toList());
        panel.put("outputs", List.copyOf(cases.get(0).expected().arrays().keySet()));
        return panel;
    }

    /** The powers of ten at the bottom and at the top, the same in all panels. */
    private record Scale(int least, int most) {
        static Scale of(List<GoldenCase> cases) {
            DoubleSummaryStatistics powers = cases.stream()
                    .flatMap(golden -> golden.expected().arrays().values().stream())
                    .flatMapToDouble(y -> Arrays.stream(y.elements()))
                    .map(y -> Math.max(-EDGE, Math.min(StrictMath.log10(Math.abs(y)), EDGE)))
                    .summaryStatistics();
            return new Scale(
                    STEP * (int) Math.floor(powers.getMin() / STEP), STEP * (int) Math.ceil(powers.getMax() / STEP));
        }

        List<Map<String, Object>> ticks() {
            return IntStream.rangeClosed(0, (most - least) / STEP)
                    .map(line -> least + STEP * line)
                    .mapToObj(power -> Map.<String, Object>of("at", height(power), "label", power))
                    .toList();
        }

        String points(Array y) {
            return IntStream.range(0, y.size())
                    .mapToObj(t -> Math.round((double) WIDTH * t / (y.size() - 1)) + ","
                            + height(StrictMath.log10(Math.abs(y.at(t)))))
                    .collect(Collectors.joining(" "));
        }

        private String height(double power) {
            double within = Math.max(least, Math.min(power, most));
            return String.format(Locale.ROOT, "%.1f", HEIGHT * (most - within) / (most - least));
        }
    }
}
