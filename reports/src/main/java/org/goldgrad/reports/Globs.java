package org.goldgrad.reports;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.goldgrad.properties.operation.Operation;

/** Which operations are meant: ids with * for any letters and ? for one; none at all means every operation. */
record Globs(List<String> globs) {
    /**
     * The operations meant, in the order given.
     *
     * @throws Refusal if one of the globs matches nothing
     */
    List<Operation> among(List<Operation> operations) {
        List<String> ids = operations.stream().map(Operation::id).toList();
        for (String glob : globs) {
            if (ids.stream().noneMatch(id -> matches(glob, id))) {
                throw new Refusal("no operation matches " + glob + Suggestions.among(ids, glob)
                        + " (./goldgrad list operations names them all)");
            }
        }
        return operations.stream()
                .filter(operation -> globs.isEmpty() || globs.stream().anyMatch(glob -> matches(glob, operation.id())))
                .toList();
    }

    private static boolean matches(String glob, String id) {
        String pattern = glob.chars()
                .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
                .collect(Collectors.joining());
        return id.matches(pattern);
    }
}
