package org.goldgrad.golden.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.golden.judge.Fields;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;

/**
 * How an implementation introduces itself.
 *
 * @param operations the ids that it answers to
 * @param conventions by operation, what it always follows
 */
record Hello(
        String name,
        String version,
        String language,
        Format format,
        String device,
        List<String> operations,
        Map<String, Map<String, String>> conventions) {

    /** Who it is, in one line. */
    String identity() {
        return name + " " + version + ", " + language + ", " + device;
    }

    /** What an implementation in this JVM says of itself. */
    static Hello of(Implementation implementation, Collection<Operation> operations, String device, String language) {
        Map<String, Map<String, String>> conventions = new LinkedHashMap<>();
        for (Operation operation : operations) {
            Map<String, String> always = implementation.conventions(operation);
            if (!always.isEmpty()) {
                conventions.put(operation.id(), new TreeMap<>(always));
            }
        }
        return new Hello(
                implementation.name(),
                implementation.version(),
                language,
                implementation.format(),
                device,
                operations.stream().map(Operation::id).toList(),
                conventions);
    }

    /** The line that says so. */
    ObjectNode line() {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        ObjectNode hello = line.putObject("hello")
                .put("protocol", Message.PROTOCOL)
                .put("name", name)
                .put("version", version)
                .put("language", language)
                .put("dtype", name(format))
                .put("device", device);
        operations.forEach(hello.putArray("operations")::add);
        ObjectNode declared = hello.putObject("conventions");
        conventions.forEach((id, choices) -> choices.forEach(declared.putObject(id)::put));
        hello.put("intermediates", false);
        return line;
    }

    /**
     * Reads a hello line strictly.
     *
     * @param catalogue the operations that conventions are checked against; others may come with a later version
     */
    static Hello read(Fields line, Collection<Operation> catalogue) throws Fields.Malformed {
        Fields fields = line.object("hello");
        line.end();
        int protocol = fields.integer("protocol");
        if (protocol != Message.PROTOCOL) {
            throw new Fields.Malformed("it speaks protocol " + protocol + ", this Goldgrad " + Message.PROTOCOL
                    + "; take a kit of the same version");
        }
        Hello hello = new Hello(
                text(fields, "name"),
                text(fields, "version"),
                text(fields, "language"),
                format(fields.text("dtype")),
                text(fields, "device"),
                texts(fields, "operations"),
                fields.has("conventions") ? conventions(fields.object("conventions"), catalogue) : Map.of());
        if (fields.has("intermediates")) {
            fields.flag("intermediates");
        }
        fields.end();
        return hello;
    }

    private static String text(Fields fields, String name) throws Fields.Malformed {
        String text = fields.text(name);
        if (text.isBlank() || text.length() > 200) {
            throw new Fields.Malformed(name + " must have 1 to 200 characters");
        }
        return text;
    }

    private static List<String> texts(Fields fields, String name) throws Fields.Malformed {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : fields.list(name)) {
            texts.add(Fields.text(element, name));
        }
        return List.copyOf(texts);
    }

    /** The format that people call by this name. */
    static Format format(String dtype) throws Fields.Malformed {
        return Arrays.stream(Format.values())
                .filter(format -> name(format).equals(dtype))
                .findFirst()
                .orElseThrow(() -> new Fields.Malformed("dtype must be one of "
                        + String.join(
                                ", ",
                                Arrays.stream(Format.values()).map(Hello::name).toList())
                        + ", not " + dtype));
    }

    static String name(Format format) {
        return format.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Map<String, String>> conventions(Fields declared, Collection<Operation> catalogue)
            throws Fields.Malformed {
        Map<String, Map<String, String>> conventions = new LinkedHashMap<>();
        for (String operation : declared.names()) {
            Fields choices = declared.object(operation);
            Optional<Operation> known =
                    catalogue.stream().filter(one -> one.id().equals(operation)).findFirst();
            Map<String, String> chosen = new LinkedHashMap<>();
            for (String convention : choices.names()) {
                chosen.put(convention, choices.text(convention));
                if (known.isPresent()) {
                    require(known.get(), convention, choices.text(convention));
                }
            }
            conventions.put(operation, chosen);
        }
        return conventions;
    }

    /** Refuses a convention that an operation does not have, or a choice that it does not offer. */
    static void require(Operation operation, String id, String choice) throws Fields.Malformed {
        Optional<String> objection = operation.objection(Map.of(id, choice));
        if (objection.isPresent()) {
            throw new Fields.Malformed(objection.get());
        }
    }
}
