package org.goldgrad.golden.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.oracle.ErrorBudget;

/**
 * Error budgets as published: every number rounded up to three digits, so that what is allowed is never less than what
 * was derived.
 */
final class Budgets {
    private Budgets() {}

    static ErrorBudget published(ErrorBudget exact) {
        Map<Format, Map<String, double[]>> inexact = new EnumMap<>(Format.class);
        exact.inexact().forEach((format, extra) -> inexact.put(format, ceiling(extra)));
        return new ErrorBudget(
                ceiling(exact.rounding()),
                inexact,
                ceiling(exact.floor()),
                ceiling(exact.curvature()),
                Decimal.ceiling(exact.reach()),
                Decimal.ceiling(exact.peak()));
    }

    private static Map<String, double[]> ceiling(Map<String, double[]> elements) {
        Map<String, double[]> rounded = new LinkedHashMap<>();
        elements.forEach((name, values) ->
                rounded.put(name, Arrays.stream(values).map(Decimal::ceiling).toArray()));
        return rounded;
    }

    /** The budget of one output: {@code {"rounding": …, "floor": …, "curvature": …, "inexact": {"binary16": …}}}. */
    static void write(ErrorBudget budget, String output, int[] shape, ObjectNode to) {
        to.set("rounding", elements(budget.rounding(), output, shape));
        to.set("floor", elements(budget.floor(), output, shape));
        to.set("curvature", elements(budget.curvature(), output, shape));
        ObjectNode inexact = to.putObject("inexact");
        for (Format format : Format.values()) {
            Map<String, double[]> extra = budget.inexact().get(format);
            if (extra != null) {
                inexact.set(label(format), elements(extra, output, shape));
            }
        }
    }

    private static JsonNode elements(Map<String, double[]> budget, String output, int[] shape) {
        return TensorJson.nested(Array.of(shape, budget.getOrDefault(output, new double[0])));
    }

    /** The budget of all outputs, each from the field beside its tensor. */
    static ErrorBudget read(Map<String, Field> budgets, Outputs outputs, double reach, double peak) {
        Map<String, double[]> rounding = new LinkedHashMap<>();
        Map<String, double[]> floor = new LinkedHashMap<>();
        Map<String, double[]> curvature = new LinkedHashMap<>();
        Map<Format, Map<String, double[]>> inexact = new EnumMap<>(Format.class);
        budgets.forEach((output, budget) -> {
            budget.exactly("rounding", "floor", "curvature", "inexact");
            int[] shape = outputs.array(output).shape();
            rounding.put(output, TensorJson.nested(budget.at("rounding"), shape, Field::size));
            floor.put(output, TensorJson.nested(budget.at("floor"), shape, Field::size));
            curvature.put(output, TensorJson.nested(budget.at("curvature"), shape, Field::size));
            budget.at("inexact")
                    .members()
                    .forEach((label, extra) -> inexact.computeIfAbsent(
                                    format(extra, label), unused -> new LinkedHashMap<>())
                            .put(output, TensorJson.nested(extra, shape, Field::size)));
        });
        inexact.forEach((format, extra) -> budgets.forEach((output, budget) -> {
            if (!extra.containsKey(output)) {
                throw budget.at("inexact")
                        .wrong("the field " + label(format) + " is missing, which other outputs have");
            }
        }));
        return new ErrorBudget(rounding, inexact, floor, curvature, reach, peak);
    }

    private static Format format(Field field, String label) {
        for (Format format : Format.values()) {
            if (label(format).equals(label)) {
                return format;
            }
        }
        throw field.wrong("there is no format " + label);
    }

    private static String label(Format format) {
        return format.name().toLowerCase(Locale.ROOT);
    }
}
