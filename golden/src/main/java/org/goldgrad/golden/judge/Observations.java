package org.goldgrad.golden.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.golden.judge.Diagnostician.Answered;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.operation.Argument;
import org.goldgrad.properties.operation.Operation;

/** What is plainly visible in wrong answers that no named candidate explains; true within the budgets on every one. */
final class Observations {
    private final Argument output;
    private final List<Pair> pairs;

    private Observations(Argument output, List<Pair> pairs) {
        this.output = output;
        this.pairs = pairs;
    }

    /** One output in one case. */
    private record Pair(Array expected, Array actual, Array allowed) {
        boolean sameShape() {
            return Arrays.equals(expected.shape(), actual.shape());
        }

        boolean wrong() {
            return !is(i -> i, 1, 0);
        }

        /** Whether actual[i] = factor·expected[source(i)], the factor known to some relative error. */
        boolean is(IntUnaryOperator source, double factor, double doubt) {
            for (int i = 0; i < actual.size(); i++) {
                int from = source.applyAsInt(i);
                double wanted = factor * expected.at(from);
                double near = Math.max(1, Math.abs(factor)) * allowed.at(from) + Math.abs(wanted) * doubt;
                if (!(Math.abs(actual.at(i) - wanted) <= near)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** For every output that is wrong, what can be said about it. */
    static List<String> of(Operation operation, Format format, List<Answered> wrong) {
        List<String> observed = new ArrayList<>();
        for (Argument output : operation.signature().outputs()) {
            String name = output.name();
            if (wrong.stream().allMatch(answer -> comparable(answer, name))) {
                List<Pair> pairs =
                        wrong.stream().map(answer -> pair(answer, name, format)).toList();
                new Observations(output, pairs).describe().ifPresent(observed::add);
            }
        }
        return observed;
    }

    private static boolean comparable(Answered answer, String name) {
        Array actual = answer.outputs().arrays().get(name);
        return actual != null
                && actual.size() == answer.golden().expected().array(name).size();
    }

    private static Pair pair(Answered answer, String name, Format format) {
        GoldenCase golden = answer.golden();
        Array expected = golden.expected().array(name);
        double[] allowed = new double[expected.size()];
        Arrays.setAll(allowed, i -> Comparison.allowed(golden, name, i, format));
        return new Pair(expected, answer.outputs().array(name), Array.of(expected.shape(), allowed));
    }

    private Optional<String> describe() {
        if (pairs.stream().allMatch(Pair::sameShape)) {
            if (pairs.stream().noneMatch(Pair::wrong)) {
                return Optional.empty();
            }
            return scaled().or(() -> rearranged());
        }
        return transposed();
    }

    private Optional<String> scaled() {
        if (pairs.stream()
                .allMatch(pair -> Arrays.stream(pair.actual().elements()).allMatch(x -> x == 0))) {
            return Optional.of("every element of " + output.name() + " is 0");
        }
        if (pairs.stream().allMatch(pair -> pair.is(i -> i, -1, 0))) {
            return Optional.of("every element of " + output.name() + " has its sign flipped");
        }
        return factor();
    }

    /** One factor for all elements, estimated where it is known best. */
    private Optional<String> factor() {
        double factor = Double.NaN;
        double doubt = Double.POSITIVE_INFINITY;
        int telling = 0;
        for (Pair pair : pairs) {
            for (int i = 0; i < pair.expected().size(); i++) {
                double relative =
                        pair.allowed().at(i) / Math.abs(pair.expected().at(i));
                telling += relative < 0x1p-3 ? 1 : 0;
                if (relative < doubt) {
                    doubt = relative;
                    factor = pair.actual().at(i) / pair.expected().at(i);
                }
            }
        }
        double c = factor;
        double error = doubt * Math.max(1, 1 / Math.abs(c));
        return telling >= 2 && pairs.stream().allMatch(pair -> pair.is(i -> i, c, error))
                ? Optional.of(
                        String.format(Locale.ROOT, "every element of %s is %.6g times too large", output.name(), c))
                : Optional.empty();
    }

    private Optional<String> rearranged() {
        Optional<String> found = transposed();
        int rank = output.dimensions().size();
        for (int axis = 0; axis < rank && found.isEmpty(); axis++) {
            found = along(axis);
        }
        return found;
    }

    /** Two axes exchanged. */
    private Optional<String> transposed() {
        int rank = output.dimensions().size();
        for (int a = 0; a < rank; a++) {
            for (int b = a + 1; b < rank; b++) {
                int first = a;
                int second = b;
                if (pairs.stream().allMatch(pair -> isTransposed(pair, first, second))) {
                    return Optional.of(
                            output.name() + " is transposed: " + axis(a) + " and " + axis(b) + " are exchanged");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isTransposed(Pair pair, int a, int b) {
        int[] shape = pair.expected().shape();
        int[] exchanged = shape.clone();
        exchanged[a] = shape[b];
        exchanged[b] = shape[a];
        if (!Arrays.equals(exchanged, pair.actual().shape())) {
            return false;
        }
        return pair.is(
                position -> {
                    int[] index = index(position, exchanged);
                    int at = index[a];
                    index[a] = index[b];
                    index[b] = at;
                    return position(index, shape);
                },
                1,
                0);
    }

    /** Reversed, shifted by one, or in another order, along one axis. */
    private Optional<String> along(int axis) {
        String where = output.name() + " along " + axis(axis);
        if (permuted(axis, (i, n) -> n - 1 - i)) {
            return Optional.of(where + " is reversed");
        }
        if (permuted(axis, (i, n) -> (i + n - 1) % n)) {
            return Optional.of(where + " comes one place late, the last first");
        }
        if (permuted(axis, (i, n) -> (i + 1) % n)) {
            return Optional.of(where + " comes one place early, the first last");
        }
        Optional<int[]> order = pairs.stream().filter(Pair::wrong).findFirst().flatMap(pair -> order(pair, axis));
        return order.filter(o -> pairs.stream().allMatch(pair -> pair.expected().size(axis) == o.length)
                        && permuted(axis, (i, n) -> o[i]))
                .map(o -> where + " comes in the order " + Arrays.toString(o));
    }

    /** Which place of n an index comes from. */
    @FunctionalInterface
    private interface Order {
        int source(int i, int n);
    }

    private boolean permuted(int axis, Order order) {
        return pairs.stream()
                .allMatch(pair -> pair.is(
                        position -> {
                            int[] shape = pair.expected().shape();
                            int[] index = index(position, shape);
                            index[axis] = order.source(index[axis], shape[axis]);
                            return position(index, shape);
                        },
                        1,
                        0));
    }

    /** For every place along an axis the first unused place of the right answer that looks the same. */
    private static Optional<int[]> order(Pair pair, int axis) {
        int n = pair.expected().size(axis);
        int[] order = new int[n];
        boolean[] used = new boolean[n];
        for (int to = 0; to < n; to++) {
            int from = 0;
            while (from < n && (used[from] || !sameSlice(pair, axis, to, from))) {
                from++;
            }
            if (from == n) {
                return Optional.empty();
            }
            order[to] = from;
            used[from] = true;
        }
        return Optional.of(order);
    }

    private static boolean sameSlice(Pair pair, int axis, int to, int from) {
        int[] shape = pair.expected().shape();
        for (int i = 0; i < pair.actual().size(); i++) {
            int[] index = index(i, shape);
            if (index[axis] == to) {
                index[axis] = from;
                int source = position(index, shape);
                if (!(Math.abs(pair.actual().at(i) - pair.expected().at(source))
                        <= pair.allowed().at(source))) {
                    return false;
                }
            }
        }
        return true;
    }

    private String axis(int axis) {
        String dimension = output.dimensions().get(axis);
        return Character.isDigit(dimension.charAt(0)) ? "axis " + (axis + 1) : dimension;
    }

    private static int[] index(int position, int[] shape) {
        int[] index = new int[shape.length];
        int rest = position;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            index[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        return index;
    }

    private static int position(int[] index, int[] shape) {
        int position = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            position = position * shape[axis] + index[axis];
        }
        return position;
    }
}
