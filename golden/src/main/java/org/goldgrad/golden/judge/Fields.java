package org.goldgrad.golden.judge;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An object of which every field must be there, be of its type, and be read. */
public final class Fields {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private final ObjectNode node;
    private final Set<String> read = new LinkedHashSet<>();

    private Fields(ObjectNode node) {
        this.node = node;
    }

    public static Fields parse(String json) throws Malformed {
        try {
            return of(JSON.readTree(json));
        } catch (JsonProcessingException broken) {
            throw new Malformed("no JSON object: " + broken.getOriginalMessage());
        }
    }

    public static Fields of(JsonNode node) throws Malformed {
        if (node instanceof ObjectNode object) {
            return new Fields(object);
        }
        throw new Malformed("an object is due, not " + node);
    }

    public List<String> names() {
        return node.properties().stream().map(Map.Entry::getKey).toList();
    }

    public boolean has(String name) {
        return node.has(name);
    }

    private JsonNode get(String name) throws Malformed {
        read.add(name);
        JsonNode value = node.get(name);
        if (value == null) {
            throw new Malformed(name + " is missing");
        }
        return value;
    }

    public String text(String name) throws Malformed {
        return text(get(name), name);
    }

    public static String text(JsonNode value, String name) throws Malformed {
        if (!value.isTextual()) {
            throw new Malformed(name + " must be text, not " + value);
        }
        return value.textValue();
    }

    public int integer(String name) throws Malformed {
        JsonNode value = get(name);
        if (!value.isInt()) {
            throw new Malformed(name + " must be an integer, not " + value);
        }
        return value.intValue();
    }

    public boolean flag(String name) throws Malformed {
        JsonNode value = get(name);
        if (!value.isBoolean()) {
            throw new Malformed(name + " must be true or false, not " + value);
        }
        return value.booleanValue();
    }

    double number(String name) throws Malformed {
        JsonNode value = get(name);
        if (value.isNumber()) {
            return value.doubleValue();
        }
        return switch (text(name)) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw new Malformed(name + " must be a number, not " + value);
        };
    }

    public Fields object(String name) throws Malformed {
        return of(get(name));
    }

    public List<JsonNode> list(String name) throws Malformed {
        JsonNode value = get(name);
        if (!value.isArray()) {
            throw new Malformed(name + " must be a list, not " + value);
        }
        List<JsonNode> elements = new ArrayList<>();
        value.forEach(elements::add);
        return elements;
    }

    /** Nothing else may be there. */
    public void end() throws Malformed {
        for (String name : names()) {
            if (!read.contains(name)) {
                throw new Malformed("unknown field " + name);
            }
        }
    }

    /** What strict reading objects to. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        public Malformed(String message) {
            super(message);
        }
    }
}
