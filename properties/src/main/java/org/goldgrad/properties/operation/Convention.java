package org.goldgrad.properties.operation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    public List<String> names() {
        return List.copyOf(choices.keySet());
    }
}
