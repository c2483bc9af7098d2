package org.goldgrad.analytic.formula;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A line of a rule: a name gets the value of a formula, where the conventions are among those it stands for.
 *
 * @param when the admitted choices by convention; a convention that is absent does not matter
 */
public record Line(Map<String, List<String>> when, String name, Formula formula) {
    public Line {
        when = Collections.unmodifiableMap(new LinkedHashMap<>(when));
    }

    /** The line of a text: {@code decay=coupled|late   g = g + weight_decay theta}. */
    static Line of(String text) {
        Map<String, List<String>> when = new LinkedHashMap<>();
        String rest = text.strip();
        for (int space = rest.indexOf(' '); rest.substring(0, space).contains("="); space = rest.indexOf(' ')) {
            int equals = rest.indexOf('=');
            when.put(
                    rest.substring(0, equals),
                    List.of(rest.substring(equals + 1, space).split("\\|")));
            rest = rest.substring(space).strip();
        }
        int equals = rest.indexOf(" = ");
        if (equals < 0) {
            throw new IllegalArgumentException("a line must be \"name = formula\", after any choices: " + text);
        }
        return new Line(when, rest.substring(0, equals), Formula.of(rest.substring(equals + 3)));
    }

    boolean applies(Map<String, String> conventions) {
        return when.entrySet().stream()
                .allMatch(choice -> choice.getValue().contains(conventions.getOrDefault(choice.getKey(), "")));
    }

    /** The same line with another formula. */
    public Line with(Formula other) {
        return new Line(when, name, other);
    }

    @Override
    public String toString() {
        String choices = when.entrySet().stream()
                .map(choice -> choice.getKey() + "=" + String.join("|", choice.getValue()) + "   ")
                .collect(Collectors.joining());
        return choices + name + " = " + formula;
    }
}
