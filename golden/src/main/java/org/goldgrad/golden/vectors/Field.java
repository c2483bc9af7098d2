package org.goldgrad.golden.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A place in a golden file, read strictly: everything that must be there is, nothing else is, and every complaint says
 * where.
 *
 * @param where file, and the case if it is in one
 * @param path the members that lead here: {@code expected.h.bits[2]}
 */
record Field(String where, String path, JsonNode node) {
    static Field root(String file, JsonNode node) {
        return new Field(file, "", node);
    }

    /** The same place, as part of a case. */
    Field asCase(String id) {
        return new Field(where + ", case " + id, "", node);
    }

    CorpusException wrong(String what) {
        return new CorpusException(
                where + (path.isEmpty() ? "" : ", field " + path) + ": " + what + "; " + Json.REMEDY);
    }

    /** Requires an object with exactly these members. */
    Field exactly(String... names) {
        Map<String, Field> members = members();
        for (String name : names) {
            if (!members.containsKey(name)) {
                throw wrong("the field " + name + " is missing");
            }
        }
        Set<String> unknown = new TreeSet<>(members.keySet());
        unknown.removeAll(Set.of(names));
        if (!unknown.isEmpty()) {
            throw wrong("unknown field " + unknown.iterator().next() + "; there are " + List.of(names));
        }
        return this;
    }

    /** A member that {@link #exactly} has required. */
    Field at(String name) {
        return new Field(where, path.isEmpty() ? name : path + "." + name, node.path(name));
    }

    Map<String, Field> members() {
        if (!node.isObject()) {
            throw wrong("must be an object, is " + kind());
        }
        Map<String, Field> members = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(name -> members.put(name, at(name)));
        return members;
    }

    List<Field> elements() {
        if (!node.isArray()) {
            throw wrong("must be a list, is " + kind());
        }
        List<Field> elements = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            elements.add(new Field(where, path + "[" + i + "]", node.get(i)));
        }
        return elements;
    }

    String text() {
        if (!node.isTextual()) {
            throw wrong("must be a text, is " + kind());
        }
        return node.textValue();
    }

    List<String> texts() {
        return elements().stream().map(Field::text).toList();
    }

    /** An integer from least up. */
    int integer(int least) {
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < least) {
            throw wrong("must be an integer of at least " + least + ", is " + kind());
        }
        return node.intValue();
    }

    List<Integer> integers(int least) {
        return elements().stream().map(element -> element.integer(least)).toList();
    }

    /** A finite number, 0 or above. */
    double size() {
        if (!node.isNumber() || !Double.isFinite(node.doubleValue()) || !(node.doubleValue() >= 0)) {
            throw wrong("must be a finite number of at least 0, is " + kind());
        }
        return node.doubleValue();
    }

    /** A number; one that is not finite is a text. */
    double number() {
        if (node.isNumber()) {
            return node.doubleValue();
        }
        return switch (node.isTextual() ? node.textValue() : "") {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw wrong("must be a number, \"NaN\", \"Infinity\" or \"-Infinity\", is " + kind());
        };
    }

    Field constant(JsonNode wanted) {
        if (!node.equals(wanted)) {
            throw wrong("must be " + wanted + ", is " + kind());
        }
        return this;
    }

    private String kind() {
        if (node.isMissingNode()) {
            return "missing";
        }
        return node.isContainerNode() ? (node.isArray() ? "a list" : "an object") : Json.compact(node);
    }
}
