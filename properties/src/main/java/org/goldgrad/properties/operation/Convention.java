package org.goldgrad.properties.operation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.goldgrad.analytic.definition.Inputs;

/**
 * A choice in which correct implementations differ.
 *
 * @param choices what each choice means, the default first
 * @param source who chooses what, with threads or documents
 */
public record Convention(String id, String title, Map<String, String> choices, String source) {
    public Convention {
        choices = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(choices));
    }

    /**
     * A convention by its choices, each followed by its meaning.
     *
     * @param choices the default first
     */
    public static Convention of(String id, String title, String source, String... choices) {
        Map<String, String> meanings = new LinkedHashMap<>();
        for (int i = 0; i < choices.length; i += 2) {
            meanings.put(choices[i], choices[i + 1]);
        }
        return new Convention(id, title, meanings, source);
    }

    /** The choice that a question makes, as the constant of that name in capitals. */
    public <E extends Enum<E>> E of(Inputs question, Class<E> constants) {
        return chosen(question, id, constants);
    }

    /** The same, of the convention of this id. */
    public static <E extends Enum<E>> E chosen(Inputs question, String id, Class<E> constants) {
        return Enum.valueOf(constants, question.convention(id).toUpperCase(Locale.ROOT));
    }

    public List<String> names() {
        return List.copyOf(choices.keySet());
    }
}
