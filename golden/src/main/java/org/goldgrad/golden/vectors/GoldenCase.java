package org.goldgrad.golden.vectors;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.oracle.ErrorBudget;

/**
 * One question with its proven answer.
 *
 * @param id permanent and never reused: {@code recurrent.lstm/ifgo-003}, where 3 says which draw it is
 * @param operation the operation's id
 * @param inputs the question; its conventions say under which choices the answer is right
 * @param expected the correctly rounded true values; of an answer that is drawn at random, the numbers of its law
 * @param intermediates the same for intermediates
 * @param budget the error that an honest implementation may make, rounded up to three digits
 * @param bits the working precision that proved it
 * @param choices the recorded draw, empty for a question written by hand
 * @param kills candidates (mistakes, and other choices of conventions) that this case rejects at binary32 precision, by id
 * @param separates how many pairs of candidates this case tells apart at binary32 precision
 */
public record GoldenCase(
        String id,
        String title,
        Level level,
        String operation,
        Inputs inputs,
        Outputs expected,
        Outputs intermediates,
        ErrorBudget budget,
        int bits,
        List<Integer> choices,
        List<String> kills,
        int separates) {
    public GoldenCase {
        choices = List.copyOf(choices);
        kills = List.copyOf(kills);
    }

    /** Whether an implementation that offers the operation must get the case right. */
    public enum Level {
        REQUIRED,
        /** Binary32 is too coarse or too narrow for the question. */
        OPTIONAL,
        /** The answer is drawn at random: it must follow the law whose numbers are expected. */
        STOCHASTIC;

        /** How files call it. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The choice made for every convention. */
    public Map<String, String> conventions() {
        return inputs.conventions();
    }

    /** Whether an implementation that always makes these choices is asked this. */
    public boolean follows(Map<String, String> declared) {
        return conventions().entrySet().containsAll(declared.entrySet());
    }

    /** Equal in everything, the elements of the budget included. */
    @Override
    public boolean equals(Object other) {
        return other instanceof GoldenCase that
                && id.equals(that.id)
                && title.equals(that.title)
                && level == that.level
                && operation.equals(that.operation)
                && inputs.equals(that.inputs)
                && expected.equals(that.expected)
                && intermediates.equals(that.intermediates)
                && contents(budget).equals(contents(that.budget))
                && bits == that.bits
                && choices.equals(that.choices)
                && kills.equals(that.kills)
                && separates == that.separates;
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, inputs, expected);
    }

    /** A budget as something that is equal where its elements are. */
    private static List<Object> contents(ErrorBudget budget) {
        return List.of(
                contents(budget.rounding()),
                contents(budget.floor()),
                budget.inexact().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, extra -> contents(extra.getValue()))),
                contents(budget.curvature()),
                budget.reach(),
                budget.peak());
    }

    private static Map<String, List<Double>> contents(Map<String, double[]> elements) {
        Map<String, List<Double>> lists = new LinkedHashMap<>();
        elements.forEach(
                (name, values) -> lists.put(name, Arrays.stream(values).boxed().toList()));
        return lists;
    }
}
