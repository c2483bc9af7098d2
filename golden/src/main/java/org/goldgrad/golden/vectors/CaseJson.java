package org.goldgrad.golden.vectors;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.operation.Argument;
import org.goldgrad.properties.operation.Operation;

/**
 * A case in JSON.
 *
 * <p>Its hash is the SHA-256 of all its other members, in the order below, on one line without a blank, numbers as they
 * stand.
 */
final class CaseJson {
    private static final String HASH = "sha256";
    private static final String[] MEMBERS = {
        "id",
        "title",
        "level",
        "conventions",
        "attributes",
        "inputs",
        "expected",
        "reach",
        "peak",
        "intermediates",
        "precision",
        "choices",
        "kills",
        "separates",
        HASH
    };

    private CaseJson() {}

    static ObjectNode of(Operation operation, GoldenCase golden) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", golden.id());
        json.put("title", golden.title());
        json.put("level", golden.level().label());
        golden.conventions().forEach(json.putObject("conventions")::put);
        question(operation, golden.inputs(), json.putObject("attributes"), json.putObject("inputs"));
        ObjectNode expected = json.putObject("expected");
        golden.expected().arrays().forEach((name, array) -> {
            ObjectNode output = TensorJson.of(array);
            expected.set(name, output);
            Budgets.write(golden.budget(), name, array.shape(), output.putObject("budget"));
        });
        json.set("reach", DoubleNode.valueOf(golden.budget().reach()));
        json.set("peak", DoubleNode.valueOf(golden.budget().peak()));
        ObjectNode intermediates = json.putObject("intermediates");
        for (Argument argument : operation.signature().intermediates()) {
            Array array = golden.intermediates().arrays().get(argument.name());
            if (array != null) {
                intermediates.set(argument.name(), TensorJson.of(array));
            }
        }
        json.put("precision", golden.bits());
        ArrayNode choices = json.putArray("choices");
        golden.choices().forEach(choices::add);
        golden.kills().forEach(json.putArray("kills")::add);
        json.put("separates", golden.separates());
        json.put(HASH, Sha256.hex(Json.compact(json)));
        return json;
    }

    /** Scalar settings and integers are attributes, everything else is an input. */
    private static void question(Operation operation, Inputs question, ObjectNode attributes, ObjectNode inputs) {
        for (Argument argument : operation.signature().inputs()) {
            Array array = question.array(argument.name());
            (isAttribute(argument) ? attributes : inputs).set(argument.name(), TensorJson.of(array));
        }
        operation.signature().counts().forEach(count -> attributes.put(count.name(), question.integer(count.name())));
    }

    static boolean isAttribute(Argument argument) {
        return argument.setting() && argument.dimensions().isEmpty();
    }

    static GoldenCase read(String operation, Field unnamed) {
        String id = unnamed.exactly(MEMBERS).at("id").text();
        Field field = unnamed.asCase(id);
        if (!id.startsWith(operation + "/")) {
            throw field.at("id").wrong("must begin with " + operation + "/");
        }
        Outputs expected = tensors(field.at("expected"), "shape", "bits", "approx", "budget");
        Map<String, Field> budgets = new LinkedHashMap<>();
        field.at("expected").members().forEach((name, output) -> budgets.put(name, output.at("budget")));
        GoldenCase golden = new GoldenCase(
                id,
                field.at("title").text(),
                level(field.at("level")),
                operation,
                question(field),
                expected,
                tensors(field.at("intermediates"), "shape", "bits", "approx"),
                Budgets.read(
                        budgets,
                        expected,
                        field.at("reach").size(),
                        field.at("peak").size()),
                field.at("precision").integer(1),
                field.at("choices").integers(0),
                field.at("kills").texts(),
                field.at("separates").integer(0));
        requireHash(field);
        return golden;
    }

    /** Comes last: most edits are told more precisely by the reader of the field. */
    private static void requireHash(Field field) {
        ObjectNode content = field.node().deepCopy();
        String claimed = content.remove(HASH).asText();
        String actual = Sha256.hex(Json.compact(content));
        if (!claimed.equals(actual)) {
            throw field.at(HASH).wrong("does not fit the content, whose hash is " + actual);
        }
    }

    private static GoldenCase.Level level(Field field) {
        String label = field.text();
        return Arrays.stream(GoldenCase.Level.values())
                .filter(level -> level.label().equals(label))
                .findFirst()
                .orElseThrow(() -> field.wrong("must be required, optional or stochastic, is \"" + label + "\""));
    }

    private static Inputs question(Field field) {
        Map<String, Array> arrays = new LinkedHashMap<>(
                tensors(field.at("inputs"), "shape", "bits", "approx").arrays());
        Map<String, Integer> integers = new LinkedHashMap<>();
        field.at("attributes").members().forEach((name, attribute) -> {
            if (attribute.node().isIntegralNumber()) {
                integers.put(name, attribute.integer(Integer.MIN_VALUE));
            } else {
                arrays.put(name, TensorJson.read(attribute.exactly("shape", "bits", "approx")));
            }
        });
        Map<String, String> conventions = new LinkedHashMap<>();
        field.at("conventions").members().forEach((name, choice) -> conventions.put(name, choice.text()));
        return new Inputs(arrays, integers, conventions);
    }

    private static Outputs tensors(Field field, String... members) {
        Map<String, Array> arrays = new LinkedHashMap<>();
        field.members().forEach((name, tensor) -> arrays.put(name, TensorJson.read(tensor.exactly(members))));
        return new Outputs(arrays);
    }
}
