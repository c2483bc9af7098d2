package org.goldgrad.golden.vectors;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.goldgrad.properties.operation.Candidate;
import org.goldgrad.properties.operation.Operation;

/**
 * How many golden cases tell any two answers apart under one combination of conventions: the right one, every mistake, and
 * every other convention, at binary32 precision.
 *
 * @param operation the operation's id
 * @param variant what ids call the combination
 * @param pairs every pair, the right answer's first
 */
public record Separation(String operation, String variant, int candidates, List<Pair> pairs) {
    /** What a table calls the right answer. */
    public static final String RIGHT = "right";

    /** The columns of {@link #csv}. */
    public static final String CSV_HEADER = "operation,conventions,one,other,cases,first";

    public Separation {
        pairs = List.copyOf(pairs);
    }

    /**
     * Two answers.
     *
     * @param cases how many cases tell them apart
     * @param first the first of these, empty if there is none
     */
    public record Pair(String one, String other, int cases, String first) {}

    /** One table for every combination of conventions, recomputed from the questions. */
    public static List<Separation> of(Operation operation, List<GoldenCase> cases) {
        return operation.variants().parallelStream()
                .map(conventions -> of(operation, conventions, cases))
                .toList();
    }

    private static Separation of(Operation operation, Map<String, String> conventions, List<GoldenCase> cases) {
        Lineup lineup = new Lineup(operation, conventions);
        List<GoldenCase> asked = cases.stream()
                .filter(golden -> golden.conventions().equals(conventions))
                .toList();
        List<BitSet> told =
                asked.stream().map(golden -> lineup.at(golden.inputs()).tells()).toList();
        int n = lineup.candidates().size();
        List<Pair> pairs = new ArrayList<>();
        for (int number = 0; number < n + lineup.pairs(); number++) {
            int bit = number;
            List<String> telling = new ArrayList<>();
            for (int c = 0; c < asked.size(); c++) {
                if (told.get(c).get(bit)) {
                    telling.add(asked.get(c).id());
                }
            }
            boolean alone = number < n;
            List<Candidate> pair = alone ? List.of(lineup.candidates().get(number)) : lineup.pair(number - n);
            pairs.add(new Pair(
                    alone ? RIGHT : pair.get(0).id(),
                    pair.get(pair.size() - 1).id(),
                    telling.size(),
                    telling.isEmpty() ? "" : telling.get(0)));
        }
        return new Separation(operation.id(), new Draws(operation, conventions).variant(), n, pairs);
    }

    /** The pairs that the fewest cases tell apart, these first. */
    public List<Pair> hardest(int many) {
        return pairs.stream()
                .sorted(Comparator.comparingInt(Pair::cases))
                .limit(many)
                .toList();
    }

    /** A line for every pair. */
    public List<String> csv() {
        return pairs.stream()
                .map(pair -> String.join(
                        ",",
                        operation,
                        variant,
                        quoted(pair.one),
                        quoted(pair.other),
                        Integer.toString(pair.cases),
                        pair.first))
                .toList();
    }

    /** Another convention's id may name several, with commas. */
    private static String quoted(String id) {
        return id.contains(",") ? '"' + id + '"' : id;
    }

    /** How many pairs some case tells apart. */
    public long told() {
        return pairs.stream().filter(pair -> pair.cases > 0).count();
    }
}
