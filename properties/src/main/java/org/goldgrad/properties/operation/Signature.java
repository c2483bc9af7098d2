package org.goldgrad.properties.operation;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;

/**
 * What an operation takes and gives, as data.
 *
 * @param computed outputs and intermediates in the order of computation: of a step, where there are steps
 * @param sizes the smallest and largest size that is drawn for an axis, where they are not 1 and 4
 */
public record Signature(
        List<Argument> inputs,
        List<Count> counts,
        List<Argument> outputs,
        List<Computed> computed,
        Map<String, Range> sizes) {
    private static final Range USUAL = new Range(1, 4);

    public Signature {
        inputs = List.copyOf(inputs);
        counts = List.copyOf(counts);
        outputs = List.copyOf(outputs);
        computed = List.copyOf(computed);
        sizes = Map.copyOf(sizes);
    }

    /** Sizes from least to most. */
    public record Range(int least, int most) {}

    /** What is computed on the way, in this order. */
    public List<Argument> intermediates() {
        return computed.stream()
                .map(Computed::argument)
                .filter(argument -> !outputs.contains(argument))
                .toList();
    }

    /** The names of all axes without a fixed length, in order of appearance. */
    public List<String> axes() {
        Set<String> axes = new LinkedHashSet<>();
        inputs.forEach(input -> input.dimensions().stream()
                .filter(dimension -> !isFixed(dimension))
                .forEach(axes::add));
        return List.copyOf(axes);
    }

    public Range range(String axis) {
        return sizes.getOrDefault(axis, USUAL);
    }

    /** The shape of an argument for given sizes of the axes. */
    public static int[] shape(Argument argument, Map<String, Integer> sizes) {
        return argument.dimensions().stream()
                .mapToInt(dimension -> size(sizes, dimension))
                .toArray();
    }

    /** The size of an axis among known ones; a number is its own. */
    static int size(Map<String, Integer> sizes, String axis) {
        if (isFixed(axis)) {
            return Integer.parseInt(axis);
        }
        Integer size = sizes.get(axis);
        if (size == null) {
            throw new IllegalArgumentException("no axis " + axis + " among " + sizes.keySet());
        }
        return size;
    }

    static boolean isFixed(String dimension) {
        return Character.isDigit(dimension.charAt(0));
    }

    /** What is wrong with a question, as one clear sentence; empty if nothing is. Later checks rely on earlier ones. */
    Optional<String> objection(Inputs question, List<Convention> conventions) {
        List<String> counted = counts.stream().map(Count::name).toList();
        List<String> conventional = conventions.stream().map(Convention::id).toList();
        return names("input", names(inputs), question.arrays().keySet())
                .or(() -> names("integer", counted, question.integers().keySet()))
                .or(() ->
                        names("convention", conventional, question.conventions().keySet()))
                .or(() -> choices(question, conventions))
                .or(() -> shapes(inputs, question.arrays(), new LinkedHashMap<>()))
                .or(() -> elements(question))
                .or(() -> integers(question));
    }

    /** What is wrong with the names and shapes of an answer to a question; empty if nothing is. */
    public Optional<String> objection(Inputs question, Outputs answer) {
        return names("output", names(outputs), answer.arrays().keySet())
                .or(() -> shapes(outputs, answer.arrays(), sizesOf(question)));
    }

    /**
     * What is wrong with the names, the order and the shapes of intermediates; empty if nothing is. Some may be missing:
     * not every convention computes all.
     */
    public Optional<String> objectionToIntermediates(Inputs question, Outputs intermediates) {
        List<String> got = List.copyOf(intermediates.arrays().keySet());
        List<Argument> known = intermediates().stream()
                .filter(argument -> got.contains(argument.name()))
                .toList();
        return names(known).equals(got)
                ? shapes(known, intermediates.arrays(), sizesOf(question))
                : Optional.of("intermediates must be among " + names(intermediates()) + " in this order, got " + got);
    }

    /** The size of every axis in a question that fits; an axis that no input has is the integer of its name. */
    public Map<String, Integer> sizesOf(Inputs question) {
        Map<String, Integer> known = new LinkedHashMap<>();
        shapes(inputs, question.arrays(), known);
        counts.stream()
                .map(Count::name)
                .filter(this::isAxis)
                .forEach(name -> known.putIfAbsent(name, question.integer(name)));
        return known;
    }

    private boolean isAxis(String name) {
        return computed.stream().anyMatch(each -> each.argument().dimensions().contains(name));
    }

    /** The question with nothing but these positions of an axis, wherever it has the axis. */
    public Inputs take(Inputs question, String axis, int... positions) {
        Inputs taken = question;
        for (Argument input : inputs) {
            taken = taken.with(input.name(), take(input, question.array(input.name()), axis, positions));
        }
        return taken;
    }

    /** An output of this name with nothing but these positions of an axis, if it has the axis. */
    public Array take(String output, Array array, String axis, int... positions) {
        return outputs.stream()
                .filter(argument -> argument.name().equals(output))
                .map(argument -> take(argument, array, axis, positions))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no output " + output + " among " + names(outputs)));
    }

    private static Array take(Argument argument, Array array, String axis, int... positions) {
        int at = argument.dimensions().indexOf(axis);
        return at < 0 ? array : array.take(at, positions);
    }

    private static List<String> names(List<Argument> arguments) {
        return arguments.stream().map(Argument::name).toList();
    }

    private static Optional<String> names(String kind, List<String> wanted, Set<String> got) {
        Optional<String> missing = wanted.stream()
                .filter(name -> !got.contains(name))
                .findFirst()
                .map(name -> kind + " " + name + " is missing; got " + got);
        return missing.or(() -> got.stream()
                .filter(name -> !wanted.contains(name))
                .findFirst()
                .map(name -> "unknown " + kind + " " + name + "; there are " + wanted));
    }

    private static Optional<String> choices(Inputs question, List<Convention> conventions) {
        return conventions.stream()
                .filter(convention -> !convention.choices().containsKey(question.convention(convention.id())))
                .findFirst()
                .map(convention -> "convention " + convention.id() + " must be one of " + convention.names() + ", got "
                        + question.convention(convention.id()));
    }

    private static Optional<String> shapes(
            List<Argument> arguments, Map<String, Array> arrays, Map<String, Integer> known) {
        for (Argument argument : arguments) {
            Array array = arrays.get(argument.name());
            List<String> dimensions = argument.dimensions();
            if (array == null) {
                return Optional.of(argument.name() + " is missing");
            }
            String got = argument.name() + " must be " + argument.toString().replace(argument.name() + ": ", "")
                    + ", got " + Tensor.describe(array.shape());
            if (array.rank() != dimensions.size()) {
                return Optional.of(got);
            }
            for (int axis = 0; axis < dimensions.size(); axis++) {
                String dimension = dimensions.get(axis);
                int size = array.size(axis);
                int wanted = isFixed(dimension) ? Integer.parseInt(dimension) : known.getOrDefault(dimension, size);
                if (size != wanted || size == 0) {
                    return Optional.of(got
                            + (size == 0 ? "; no axis may be empty" : "; " + dimension + " is " + wanted + " here"));
                }
                if (!isFixed(dimension)) {
                    known.put(dimension, size);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> elements(Inputs question) {
        Map<String, Integer> sizes = sizesOf(question);
        for (Argument input : inputs) {
            Array array = question.array(input.name());
            for (int i = 0; i < array.size(); i++) {
                if (!input.domain().contains(array.at(i), sizes)) {
                    String where = array.rank() == 0 ? "" : array.index(i);
                    return Optional.of(input.name() + where + " must be "
                            + input.domain().description(sizes) + ", got " + array.at(i));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> integers(Inputs question) {
        Map<String, Integer> sizes = sizesOf(question);
        return counts.stream()
                .filter(count -> !count.range().contains(question.integer(count.name()), sizes))
                .findFirst()
                .map(count -> count.name() + " must be " + count.range().description(sizes) + ", got "
                        + question.integer(count.name()));
    }
}
