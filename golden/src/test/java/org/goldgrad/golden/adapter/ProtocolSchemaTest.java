package org.goldgrad.golden.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.goldgrad.golden.judge.Examiner;
import org.goldgrad.golden.judge.Progress;
import org.goldgrad.properties.catalogue.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schema of the protocol, by a validator that is not ours, against what really goes over the pipe. */
final class ProtocolSchemaTest {
    private static final Schema SCHEMA = schema();

    @TempDir
    private Path folder;

    private static Schema schema() {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(Path.of("schema", "protocol.schema.json")), InputFormat.JSON);
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }

    static void valid(String line) {
        assertEquals(List.of(), SCHEMA.validate(line, InputFormat.JSON), line);
    }

    private static void invalid(String line) {
        assertFalse(SCHEMA.validate(line, InputFormat.JSON).isEmpty(), line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"honest", "error", "unsupported"})
    void whatever_is_said_either_way_is_valid(String fault) throws Exception {
        Faulty.requirePython();
        Path said = folder.resolve("said");
        Path answered = folder.resolve("answered");
        String tee = "sh -c \"tee '" + said + "' | " + Faulty.of(fault).command() + " | tee '" + answered + "'\"";
        try (Adapter adapter = Adapter.start(tee, Faulty.LIMITS, Catalogue.operations())) {
            new Examiner(adapter, new Progress() {})
                    .examine(List.of(Faulty.MOMENTUM), operation -> Faulty.CASES, Faulty.CORPUS.hash());
        }
        List<String> questions = Files.readAllLines(said);
        List<String> answers = Files.readAllLines(answered);
        assertEquals(1 + 1 + 16 + 1, questions.size());
        assertEquals(1 + 1 + 16, answers.size());
        questions.forEach(ProtocolSchemaTest::valid);
        answers.forEach(ProtocolSchemaTest::valid);
        assertTrue(questions.stream().noneMatch(line -> line.contains("expected")));
    }

    @Test
    void every_exported_question_is_valid() {
        Requests.lines(Catalogue.operations(), operation -> Faulty.CORPUS.cases(operation.id()))
                .forEach(ProtocolSchemaTest::valid);
    }

    @Test
    void what_goldgrad_refuses_is_invalid() {
        invalid("{\"hello\":{\"protocol\":2}}");
        invalid("{\"seq\":1}");
        invalid("{\"outputs\":{}}");
        invalid("{\"seq\":\"1\",\"outputs\":{}}");
        invalid("{\"seq\":1,\"outputs\":{},\"unsupported\":\"\"}");
        invalid("{\"seq\":1,\"outputs\":{},\"comment\":\"\"}");
        invalid("{\"seq\":1,\"error\":\"oops\"}");
        invalid("{\"seq\":1,\"outputs\":{\"y\":{\"shape\":[],\"bits\":[\"3f800000\"]}}}");
        invalid("{\"seq\":1,\"outputs\":{\"y\":{\"shape\":[0],\"bits\":[]}}}");
        valid("{\"case\":\"a.b/c\",\"outputs\":{\"y\":{\"shape\":[],\"bits\":[\"3ff0000000000000\"]}}}");
    }
}
