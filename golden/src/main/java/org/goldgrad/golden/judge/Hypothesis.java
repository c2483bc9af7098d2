package org.goldgrad.golden.judge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.goldgrad.properties.operation.Candidate;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Operation;

/**
 * Something that an implementation may do on every case, whatever conventions the case has.
 *
 * <p>A {@link Candidate} is a wrong answer under given conventions; cases have different ones, and what is another
 * convention in one case may be the right one in the next.
 *
 * @param made the choices that it makes whatever the question says; none for a mistake
 */
record Hypothesis(String kind, String id, String did, String formula, boolean rounded, Map<String, String> made) {

    /** How it answers a question under these conventions; empty if rightly. */
    Optional<Candidate> under(Operation operation, Map<String, String> conventions) {
        Map<String, String> variant = over(conventions, made);
        return Candidate.of(operation, conventions).stream()
                .filter(candidate -> candidate.kind().equals(kind))
                .filter(candidate -> made.isEmpty()
                        ? candidate.id().equals(id)
                        : candidate.conventions().equals(variant))
                .findFirst();
    }

    /**
     * Every set of choices that questions under these conventions can tell from others, fewest choices first; then every
     * mistake.
     */
    static List<Hypothesis> of(Operation operation, Map<String, String> declared, List<Map<String, String>> asked) {
        List<Hypothesis> hypotheses = new ArrayList<>();
        Set<List<Map<String, String>>> seen = new HashSet<>();
        for (Map<String, String> made : choices(operation)) {
            if (seen.add(
                    asked.stream().map(conventions -> over(conventions, made)).toList())) {
                hypotheses.add(convention(operation, declared, made));
            }
        }
        operation
                .mistakes()
                .forEach(mistake -> hypotheses.add(new Hypothesis(
                        "mistake", mistake.id(), mistake.did(), mistake.formula(), mistake.rounded(), Map.of())));
        return hypotheses;
    }

    private static List<Map<String, String>> choices(Operation operation) {
        List<Map<String, String>> sets = new ArrayList<>(List.of(Map.of()));
        for (Convention convention : operation.conventions()) {
            for (Map<String, String> fewer : List.copyOf(sets)) {
                convention.names().forEach(choice -> sets.add(over(fewer, Map.of(convention.id(), choice))));
            }
        }
        sets.remove(0);
        sets.sort(Comparator.comparingInt(Map::size));
        return sets;
    }

    private static Map<String, String> over(Map<String, String> conventions, Map<String, String> made) {
        Map<String, String> variant = new LinkedHashMap<>(conventions);
        variant.putAll(made);
        return variant;
    }

    private static Hypothesis convention(Operation operation, Map<String, String> declared, Map<String, String> made) {
        List<String> ids = new ArrayList<>();
        List<String> meanings = new ArrayList<>();
        List<String> follows = new ArrayList<>();
        for (Convention convention : operation.conventions()) {
            String name = convention.id();
            String choice = made.get(name);
            if (choice != null) {
                ids.add(name + "=" + choice);
                meanings.add(convention.choices().getOrDefault(choice, ""));
                follows.add(name + "=" + choice
                        + (declared.containsKey(name)
                                ? " but declares " + name + "=" + declared.get(name)
                                : " without declaring it"));
            }
        }
        return new Hypothesis(
                "convention",
                String.join(", ", ids),
                "follows " + String.join(" and ", follows),
                String.join("; ", meanings),
                false,
                made);
    }
}
