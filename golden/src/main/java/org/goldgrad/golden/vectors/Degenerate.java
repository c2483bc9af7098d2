package org.goldgrad.golden.vectors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.operation.Argument;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Signature;

/**
 * A way in which a set of questions is too special to tell right from wrong: what it has in common in every question,
 * some mistake needs to go unseen.
 *
 * @param name permanent, in kebab-case
 * @param complaints what is wrong with these questions to this operation, a phrase each; none if nothing is
 */
record Degenerate(String name, BiFunction<Operation, List<Inputs>, Stream<String>> complaints) {
    /** Fewer elements than this are sorted or centred too easily to be blamed. */
    private static final int FEW = 3;

    /** The longest vector register of doubles that everybody has: 256 bits. */
    private static final int LANES = 4;

    static final List<Degenerate> RULES = List.of(
            new Degenerate("equal-axes", Degenerate::equalAxes),
            new Degenerate("single-step", (o, q) -> shortAxes(o, q, 1)),
            new Degenerate("batch-of-two", (o, q) -> shortAxes(o, q, 2)),
            new Degenerate("within-a-register", Degenerate::withinRegister),
            new Degenerate("zero", always(x -> x == 0, "0")),
            new Degenerate("one", always(x -> x == 1, "1")),
            new Degenerate("one-half", always(x -> x == 0.5, "0.5")),
            new Degenerate("constant", Degenerate::constant),
            new Degenerate("constant-count", Degenerate::constantCount),
            new Degenerate("equal-settings", Degenerate::equalSettings),
            new Degenerate("symmetric", everyTensor(Degenerate::isSymmetric, "is symmetric")),
            new Degenerate("sorted", everyTensor(Degenerate::isSorted, "is sorted")),
            new Degenerate("centred", everyTensor(Degenerate::isCentred, "has sums of 0 along an axis")));

    /** Every complaint of every rule: "zero: h0 is 0 in every case". */
    static List<String> complaints(Operation operation, List<Inputs> questions) {
        return RULES.stream()
                .flatMap(rule -> rule.complaints
                        .apply(operation, questions)
                        .map(complaint -> rule.name + ": " + complaint + " in every case"))
                .toList();
    }

    private static Stream<String> equalAxes(Operation operation, List<Inputs> questions) {
        Signature signature = operation.signature();
        Map<String, List<Integer>> lengths = lengths(operation, questions);
        return lengths.keySet().stream()
                .flatMap(second -> lengths.keySet().stream()
                        .takeWhile(first -> !first.equals(second))
                        .filter(first -> signature.range(first).most() > 1
                                || signature.range(second).most() > 1)
                        .filter(first ->
                                !questions.isEmpty() && Objects.equals(lengths.get(first), lengths.get(second)))
                        .map(first -> first + " and " + second + " have the same length"));
    }

    /** Axes that could be longer than this. */
    private static Stream<String> shortAxes(Operation operation, List<Inputs> questions, int length) {
        return lengths(operation, questions).entrySet().stream()
                .filter(axis -> operation.signature().range(axis.getKey()).most() > length)
                .filter(axis -> axis.getValue().stream().allMatch(n -> n <= length))
                .map(axis -> axis.getKey() + " is " + (length == 1 ? "1" : "at most " + length));
    }

    /** Whatever is drawn: where the ranges end at 4, a longer example is due. */
    private static Stream<String> withinRegister(Operation operation, List<Inputs> questions) {
        Map<String, List<Integer>> lengths = lengths(operation, questions);
        boolean all = !lengths.isEmpty()
                && lengths.values().stream().flatMap(List::stream).allMatch(n -> n <= LANES);
        return all ? Stream.of("no axis is longer than " + LANES + ", a vector register,") : Stream.empty();
    }

    /** The length of every axis in every question. */
    private static Map<String, List<Integer>> lengths(Operation operation, List<Inputs> questions) {
        Map<String, List<Integer>> lengths = new LinkedHashMap<>();
        operation.signature().axes().forEach(axis -> lengths.put(axis, new ArrayList<>()));
        for (Inputs question : questions) {
            operation
                    .signature()
                    .sizesOf(question)
                    .forEach((axis, size) -> lengths.computeIfAbsent(axis, unused -> new ArrayList<>())
                            .add(size));
        }
        return lengths;
    }

    private static BiFunction<Operation, List<Inputs>, Stream<String>> always(DoublePredicate value, String name) {
        return (operation, questions) -> operation.signature().inputs().stream()
                .filter(input -> every(
                        questions,
                        input,
                        array -> Arrays.stream(array.elements()).allMatch(value)))
                .map(input -> input.name() + " is " + name);
    }

    /** Tensors whose elements are all alike in each case; scalars that are the same over all cases. */
    private static Stream<String> constant(Operation operation, List<Inputs> questions) {
        return operation.signature().inputs().stream()
                .filter(input -> input.dimensions().isEmpty()
                        ? questions.size() > 1
                                && questions.stream()
                                                .map(q -> q.scalar(input.name()))
                                                .distinct()
                                                .count()
                                        == 1
                        : every(
                                questions,
                                input,
                                array -> Arrays.stream(array.elements())
                                                .distinct()
                                                .count()
                                        == 1))
                .map(input -> input.name() + " is constant");
    }

    private static Stream<String> constantCount(Operation operation, List<Inputs> questions) {
        return operation.signature().counts().stream()
                .filter(count ->
                        operation.signature().range(count.range().below()).most()
                                        - count.range().margin()
                                > count.range().least())
                .filter(count -> questions.stream()
                                .map(q -> q.integer(count.name()))
                                .distinct()
                                .count()
                        == 1)
                .map(count -> count.name() + " is " + questions.get(0).integer(count.name()));
    }

    /** Scalar settings of one domain, such as β₁ and β₂. */
    private static Stream<String> equalSettings(Operation operation, List<Inputs> questions) {
        List<Argument> settings = operation.signature().inputs().stream()
                .filter(CaseJson::isAttribute)
                .toList();
        return settings.stream()
                .flatMap(second -> settings.stream()
                        .takeWhile(first -> !first.name().equals(second.name()))
                        .filter(first -> first.domain() == second.domain())
                        .filter(first -> questions.stream()
                                .allMatch(q -> q.array(first.name()).equals(q.array(second.name()))))
                        .map(first -> first.name() + " equals " + second.name()));
    }

    /** A complaint about the data that look the same way in every question that has enough of them. */
    private static BiFunction<Operation, List<Inputs>, Stream<String>> everyTensor(
            Predicate<Array> special, String complaint) {
        return (operation, questions) -> operation.signature().inputs().stream()
                .filter(input -> !input.dimensions().isEmpty())
                .filter(input -> input.domain() == Domain.REAL || input.domain() == Domain.SPREAD)
                .filter(input -> {
                    List<Inputs> telling = questions.stream()
                            .filter(q -> q.array(input.name()).size() >= FEW)
                            .toList();
                    return every(telling, input, special);
                })
                .map(input -> input.name() + " " + complaint);
    }

    private static boolean every(List<Inputs> questions, Argument input, Predicate<Array> special) {
        return !questions.isEmpty() && questions.stream().allMatch(q -> special.test(q.array(input.name())));
    }

    private static boolean isSymmetric(Array array) {
        if (array.rank() != 2 || array.size(0) != array.size(1)) {
            return false;
        }
        int n = array.size(0);
        return IntStream.range(0, n * n).allMatch(i -> array.at(i) == array.at(i % n * n + i / n));
    }

    private static boolean isSorted(Array array) {
        return IntStream.range(1, array.size()).allMatch(i -> array.at(i - 1) <= array.at(i))
                || IntStream.range(1, array.size()).allMatch(i -> array.at(i - 1) >= array.at(i));
    }

    /** Whether, along some axis longer than 1, all sums are 0. */
    private static boolean isCentred(Array array) {
        return IntStream.range(0, array.rank())
                .filter(axis -> array.size(axis) > 1)
                .anyMatch(axis -> isCentred(array, axis));
    }

    private static boolean isCentred(Array array, int axis) {
        int stride = Arrays.stream(array.shape()).skip(axis + 1).reduce(1, (a, b) -> a * b);
        int length = array.size(axis);
        return IntStream.range(0, array.size())
                .filter(i -> i / stride % length == 0)
                .allMatch(i -> IntStream.range(0, length)
                                .mapToDouble(k -> array.at(i + k * stride))
                                .sum()
                        == 0);
    }
}
