package org.goldgrad.golden.vectors;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.goldgrad.analytic.sampling.Law;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Signature;

/**
 * The golden cases of one operation: {@code golden/vectors/recurrent/lstm.json}.
 *
 * @param path as messages call it
 * @param operation the operation's id
 */
record VectorFile(String path, String operation, List<GoldenCase> cases) {
    /** Files of another format are refused. */
    static final int FORMAT = 1;

    static final String LICENSE = "CC0-1.0";

    private static final String SCHEMA = "../../schema/vectors.schema.json";
    private static final String[] MEMBERS = {"$schema", "format", "license", "operation", "provenance", "count", "cases"
    };
    private static final String[] PROVENANCE = {"generator", "values", "budgets", "draws"};

    public VectorFile {
        cases = List.copyOf(cases);
    }

    /** Where the cases of an operation are, below the folder of all vectors: {@code recurrent/lstm.json}. */
    public static String place(String operation) {
        int dot = operation.indexOf('.');
        return operation.substring(0, dot) + "/" + operation.substring(dot + 1) + ".json";
    }

    /** The text of an operation's file, its questions numbered draws. */
    public static String text(Operation operation, List<GoldenCase> cases) {
        return text(operation, cases, Draws.PROVENANCE);
    }

    /**
     * The text of an operation's file.
     *
     * @param draws how the questions were found
     */
    public static String text(Operation operation, List<GoldenCase> cases, String draws) {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.put("$schema", SCHEMA);
        file.put("format", FORMAT);
        file.put("license", LICENSE);
        file.put("operation", operation.id());
        ObjectNode provenance = file.putObject("provenance");
        provenance.put("generator", "goldgrad vectors generate");
        provenance.put(
                "values",
                "the definition in ball arithmetic, its precision doubled from 128 bits until both ends of every ball "
                        + "round to the same double (Ziv 1991); the reference implementation agrees within the budget");
        provenance.put("budgets", "to second order, from the adjoints of the definition, rounded up to three digits");
        provenance.put("draws", draws);
        file.put("count", cases.size());
        ArrayNode list = file.putArray("cases");
        cases.forEach(golden -> list.add(CaseJson.of(operation, golden)));
        return Json.text(file);
    }

    /** Writes an operation's file below the folder of all vectors, its questions numbered draws. */
    public static Path write(Path folder, Operation operation, List<GoldenCase> cases) throws IOException {
        return write(folder, operation, cases, Draws.PROVENANCE);
    }

    /** Writes an operation's file below the folder of all vectors. */
    public static Path write(Path folder, Operation operation, List<GoldenCase> cases, String draws)
            throws IOException {
        Path file = folder.resolve(place(operation.id()));
        Files.createDirectories(file.toAbsolutePath().getParent());
        return Files.writeString(file, text(operation, cases, draws));
    }

    /**
     * Reads a file and checks all of it.
     *
     * @throws CorpusException in one line that names the file, the case, the field and the remedy
     */
    public static VectorFile read(Path path) {
        Field file = Field.root(path.toString(), Json.read(path)).exactly(MEMBERS);
        file.at("$schema").constant(TextNode.valueOf(SCHEMA));
        file.at("format").constant(IntNode.valueOf(FORMAT));
        file.at("license").constant(TextNode.valueOf(LICENSE));
        file.at("provenance").exactly(PROVENANCE).members().values().forEach(Field::text);
        String operation = file.at("operation").text();
        if (!path.endsWith(place(operation))) {
            throw file.at("operation").wrong(operation + " belongs into " + place(operation));
        }
        List<GoldenCase> cases = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Field element : file.at("cases").elements()) {
            GoldenCase golden = CaseJson.read(operation, element);
            if (!ids.add(golden.id())) {
                throw element.wrong("the id " + golden.id() + " is used twice");
            }
            cases.add(golden);
        }
        int count = file.at("count").integer(0);
        if (count != cases.size()) {
            throw file.at("count").wrong("says " + count + " cases, but there are " + cases.size());
        }
        return new VectorFile(path.toString(), operation, cases);
    }

    /** Requires that every question and answer fits the operation's declaration. */
    VectorFile fitting(Operation declared) {
        for (GoldenCase golden : cases) {
            objection(declared, golden).ifPresent(objection -> {
                throw new CorpusException(path + ", case " + golden.id() + ": does not fit " + declared.id() + ": "
                        + objection + "; " + Json.REMEDY);
            });
        }
        return this;
    }

    private static Optional<String> objection(Operation declared, GoldenCase golden) {
        try {
            declared.require(golden.inputs());
            Signature signature = declared.signature();
            if (declared.sampled() != (golden.level() == GoldenCase.Level.STOCHASTIC)) {
                return Optional.of("level stochastic is for answers that are drawn at random, and for these only");
            }
            if (declared.sampled()) {
                Law.of(golden.expected());
                return Optional.empty();
            }
            return signature
                    .objection(golden.inputs(), golden.expected())
                    .or(() -> signature.objectionToIntermediates(golden.inputs(), golden.intermediates()));
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
