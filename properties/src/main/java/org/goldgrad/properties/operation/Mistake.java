package org.goldgrad.properties.operation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.goldgrad.analytic.definition.Definition;

/**
 * A wrong answer with a name.
 *
 * @param id permanent, in kebab-case
 * @param did what somebody did: "puts ε inside the root"
 * @param formula the differing equation, wrong beside right
 * @param source the threads where it was found, or the family it belongs to
 * @param wrong what it computes
 * @param rounded whether it is wrong only in rounded arithmetic, being exact algebra (a one-pass variance)
 * @param applies under which conventions it differs from a correct answer
 */
public record Mistake(
        String id,
        String did,
        String formula,
        List<String> source,
        Definition wrong,
        boolean rounded,
        Predicate<Map<String, String>> applies) {

    public Mistake {
        source = List.copyOf(source);
    }

    public static Mistake mistake(String id, String did, String formula, Definition wrong) {
        return new Mistake(id, did, formula, List.of(), wrong, false, conventions -> true);
    }

    /** The same mistake with the threads where it was found. */
    public Mistake seenIn(String... threads) {
        return new Mistake(id, did, formula, List.of(threads), wrong, rounded, applies);
    }

    /** The same mistake, possible only under this choice of a convention. */
    public Mistake under(String convention, String choice) {
        return new Mistake(
                id, did, formula, source, wrong, rounded, applies.and(c -> choice.equals(c.get(convention))));
    }

    /** The same mistake, possible only under these combinations of conventions. */
    public Mistake under(Set<Map<String, String>> combinations) {
        Set<Map<String, String>> known = Set.copyOf(combinations);
        return new Mistake(id, did, formula, source, wrong, rounded, applies.and(known::contains));
    }

    /** The same mistake, possible under every choice of a convention but these, among which it is none. */
    public Mistake except(String convention, String... choices) {
        List<String> harmless = List.of(choices);
        return new Mistake(
                id,
                did,
                formula,
                source,
                wrong,
                rounded,
                applies.and(c -> !harmless.contains(c.getOrDefault(convention, ""))));
    }

    /** The same mistake, which exact arithmetic would forgive. */
    public Mistake inRounding() {
        return new Mistake(id, did, formula, source, wrong, true, applies);
    }

    /** The first thread, if it was seen in the wild. */
    public Optional<String> thread() {
        return source.stream().findFirst();
    }
}
