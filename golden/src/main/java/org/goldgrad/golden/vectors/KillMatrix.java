package org.goldgrad.golden.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.goldgrad.properties.operation.Candidate;
import org.goldgrad.properties.operation.Operation;

/**
 * Which case rejects which mistake, at binary32 precision.
 *
 * @param operation the operation's id
 */
public record KillMatrix(String operation, List<Variant> variants) {
    /** The file of all of them, below the folder of all vectors. */
    static final String PLACE = "kill-matrix.json";

    public KillMatrix {
        variants = List.copyOf(variants);
    }

    /**
     * The matrix under one combination of conventions.
     *
     * @param name what ids call the combination
     * @param candidates everything the right answer might be taken for: mistakes, and other conventions
     * @param kills for every candidate, by id, the cases that reject it
     * @param pairs how many pairs of candidates there are
     * @param inseparable the pairs that no case tells apart, as "this | that"
     */
    public record Variant(
            String name,
            Map<String, String> conventions,
            List<Candidate> candidates,
            Map<String, List<String>> kills,
            int pairs,
            List<String> inseparable) {
        public Variant {
            candidates = List.copyOf(candidates);
            kills = Collections.unmodifiableMap(new LinkedHashMap<>(kills));
            inseparable = List.copyOf(inseparable);
        }

        /** The candidates that no case rejects, by id. */
        public List<String> survivors() {
            return kills.entrySet().stream()
                    .filter(row -> row.getValue().isEmpty())
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    /** Computed from the questions alone, whatever the cases say of themselves. */
    public static KillMatrix of(Operation operation, List<GoldenCase> cases) {
        return new KillMatrix(
                operation.id(),
                operation.variants().parallelStream()
                        .map(conventions -> variant(operation, conventions, cases))
                        .toList());
    }

    private static Variant variant(Operation operation, Map<String, String> conventions, List<GoldenCase> cases) {
        Lineup lineup = new Lineup(operation, conventions);
        List<GoldenCase> asked = cases.stream()
                .filter(golden -> golden.conventions().equals(conventions))
                .toList();
        Map<String, BitSet> told = new HashMap<>();
        asked.forEach(golden -> told.put(golden.id(), lineup.at(golden.inputs()).tells()));
        return variant(new Draws(operation, conventions), lineup, asked, told);
    }

    /** The matrix of what these cases have been found to tell. */
    static Variant variant(Draws draws, Lineup lineup, List<GoldenCase> cases, Map<String, BitSet> told) {
        Map<String, List<String>> kills = new LinkedHashMap<>();
        lineup.candidates().forEach(candidate -> kills.put(candidate.id(), new ArrayList<>()));
        BitSet untold = lineup.all();
        for (GoldenCase golden : cases) {
            BitSet things = told.getOrDefault(golden.id(), new BitSet());
            lineup.killed(things)
                    .forEach(id -> kills.getOrDefault(id, new ArrayList<>()).add(golden.id()));
            untold.andNot(things);
        }
        return new Variant(
                draws.variant(), draws.conventions(), lineup.candidates(), kills, lineup.pairs(), lineup.pairs(untold));
    }

    /**
     * For every candidate how many cases reject it, and which one first.
     *
     * @param before what the file said until now: kept for the operations that are not among the matrices
     */
    static String text(JsonNode before, List<KillMatrix> matrices) {
        Map<String, JsonNode> operations = new TreeMap<>();
        before.path("operations").properties().forEach(old -> operations.put(old.getKey(), old.getValue()));
        matrices.forEach(matrix -> operations.put(matrix.operation, matrix.json()));
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.put("format", VectorFile.FORMAT);
        file.put("license", VectorFile.LICENSE);
        operations.forEach(file.putObject("operations")::set);
        return Json.text(file);
    }

    private ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (Variant variant : variants) {
            ObjectNode rows = json.putObject(variant.name);
            variant.kills.forEach((id, cases) -> {
                ObjectNode row = rows.putObject(id).put("cases", cases.size());
                cases.stream().findFirst().ifPresent(first -> row.put("first", first));
            });
        }
        return json;
    }
}
