package org.goldgrad.golden.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.goldgrad.golden.judge.Examiner;
import org.goldgrad.golden.judge.OperationResult;
import org.goldgrad.golden.judge.Progress;
import org.goldgrad.golden.judge.Verdict;
import org.goldgrad.golden.vectors.Corpus;
import org.goldgrad.golden.vectors.Generator;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AnswersFileTest {
    private static final String HELLO = "{\"hello\":{\"protocol\":1,\"name\":\"matlab\",\"version\":\"9\",\"language\":"
            + "\"MATLAB\",\"dtype\":\"binary64\",\"device\":\"cpu\",\"operations\":[\"optimization.momentum\"],"
            + "\"conventions\":{\"optimization.momentum\":{\"rate\":\"inside\"}}}}";

    @TempDir
    private Path folder;

    private static ObjectNode answer(GoldenCase golden) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("outputs", Tensors.of(golden.expected().arrays()));
        return answer;
    }

    private static List<String> right() {
        List<String> lines = new ArrayList<>();
        Faulty.CASES.forEach(
                golden -> lines.add(answer(golden).put("case", golden.id()).toString()));
        return lines;
    }

    private AnswersFile read(List<String> lines, Optional<String> format) throws Unusable, IOException {
        return read(lines, new AnswersFile.Told(format, Map.of(), Optional.empty()));
    }

    private AnswersFile read(List<String> lines, AnswersFile.Told told) throws Unusable, IOException {
        Path path = Files.write(folder.resolve("answers.jsonl"), lines);
        return AnswersFile.read(path, told, Catalogue.operations(), Faulty.CORPUS);
    }

    private static OperationResult examine(AnswersFile answers) {
        return new Examiner(answers, new Progress() {}).examine(Faulty.MOMENTUM, Faulty.CASES);
    }

    @Test
    void answers_come_in_any_order() throws Exception {
        List<String> lines = right();
        Collections.reverse(lines);
        assertEquals(16, examine(read(lines, Optional.of("binary64"))).agrees());
    }

    /** All questions of a sample are in the requests, the same one twice; a file without the second look's will often do. */
    @Test
    void random_answers_are_judged_from_files_too() throws Exception {
        Operation gaussian = Catalogue.operation("initialization.gaussian");
        List<GoldenCase> cases = Generator.cases(gaussian).subList(0, 2);
        Corpus corpus = new Corpus(Map.of(gaussian.id(), cases), "hash");
        List<String> requests = Requests.lines(List.of(gaussian), operation -> cases);
        assertEquals(1 + 11 * 2, requests.size());
        List<String> lines = new ArrayList<>();
        for (String line : requests.subList(1, requests.size())) {
            Request.Run run = (Request.Run) Request.read(line);
            ObjectNode answer = JsonNodeFactory.instance.objectNode().put("seq", run.seq());
            answer.set("outputs", Tensors.of(gaussian.refer(run.inputs()).arrays()));
            lines.add(answer.toString());
        }
        Path asked = Files.write(folder.resolve("requests.jsonl"), requests);
        Path answered = Files.write(folder.resolve("answers.jsonl"), lines);
        AnswersFile.Told told = new AnswersFile.Told(Optional.of("binary64"), Map.of(), Optional.of(asked));
        AnswersFile file = AnswersFile.read(answered, told, Catalogue.operations(), corpus);
        assertEquals(
                2,
                new Examiner(file, new Progress() {}).examine(gaussian, cases).agrees());
    }

    @Test
    void a_case_without_an_answer_is_declined() throws Exception {
        OperationResult result = examine(read(right().subList(0, 3), Optional.of("binary64")));
        assertEquals(3, result.agrees());
        assertEquals(
                new Verdict.Declined("no answer in the file"),
                result.cases().get(3).verdict());
    }

    @Test
    void a_hello_says_format_and_conventions() throws Exception {
        List<String> lines = right();
        lines.add(0, HELLO);
        AnswersFile answers = read(lines, Optional.empty());
        OperationResult result = examine(answers);
        assertEquals(8, result.agrees());
        assertEquals(8, result.notAsked());
        assertEquals("matlab 9, MATLAB, cpu", answers.version());
    }

    @Test
    void the_command_says_conventions() throws Exception {
        AnswersFile.Told told = new AnswersFile.Told(
                Optional.of("binary64"), Map.of("optimization.momentum", Map.of("rate", "outside")), Optional.empty());
        assertEquals(8, examine(read(right(), told)).notAsked());
    }

    @Test
    void what_an_adapter_answered_to_exported_questions_is_judged_by_seq() throws Exception {
        List<String> requests = Requests.lines(List.of(Faulty.MOMENTUM), operation -> Faulty.CASES);
        Path path = Files.write(folder.resolve("requests.jsonl"), requests);
        List<String> lines = new ArrayList<>();
        for (GoldenCase golden : Faulty.CASES) {
            lines.add(answer(golden).put("seq", lines.size() + 1).toString());
        }
        AnswersFile.Told told = new AnswersFile.Told(Optional.of("binary64"), Map.of(), Optional.of(path));
        assertEquals(16, examine(read(lines, told)).agrees());
        lines.add(lines.get(0).replace("\"seq\":1", "\"seq\":17"));
        refused(lines, told, "line 17: seq 17 is not among the requests");
        Files.writeString(path, requests.get(1).replace("bits\":[\"", "bits\":[\"0000000000000000 "));
        refused(lines, told, "requests.jsonl, line 1: the question of", "is not the one that this version asks");
    }

    private void refused(List<String> lines, AnswersFile.Told told, String... words) {
        Unusable unusable = assertThrows(Unusable.class, () -> read(lines, told));
        String message = String.valueOf(unusable.getMessage());
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
        assertEquals(1, message.lines().count(), message);
    }

    @Test
    void a_file_that_is_not_as_it_should_be_is_refused_by_line() {
        AnswersFile.Told binary64 = new AnswersFile.Told(Optional.of("binary64"), Map.of(), Optional.empty());
        AnswersFile.Told nothing = new AnswersFile.Told(Optional.empty(), Map.of(), Optional.empty());
        String first = right().get(0);
        refused(List.of(first, "", "garbage"), binary64, "answers.jsonl, line 3: no JSON object");
        refused(List.of(first, first), binary64, "line 2: case optimization.momentum/", "is answered twice");
        refused(List.of("{\"case\":\"optimization.momentum/x\"}"), binary64, "there is no golden case");
        refused(List.of("{\"seq\":1,\"unsupported\":\"\"}"), binary64, "line 1: case is missing", "--requests");
        refused(List.of("{\"unsupported\":\"\"}"), binary64, "case is missing: the id");
        refused(List.of(first, HELLO), binary64, "line 2: a hello comes first");
        refused(List.of(first), nothing, "in which format", "--format");
        refused(
                List.of(HELLO),
                new AnswersFile.Told(Optional.of("binary32"), Map.of(), Optional.empty()),
                "its hello says the dtype binary64, the command binary32");
        refused(
                List.of(first),
                new AnswersFile.Told(Optional.of("float"), Map.of(), Optional.empty()),
                "dtype must be one of binary64");
        refused(
                List.of(HELLO),
                new AnswersFile.Told(
                        Optional.empty(), Map.of("optimization.momentum", Map.of("rate", "outside")), Optional.empty()),
                "its hello says rate=inside");
        Path missing = folder.resolve("missing.jsonl");
        Unusable unusable = assertThrows(
                Unusable.class, () -> AnswersFile.read(missing, binary64, Catalogue.operations(), Faulty.CORPUS));
        assertEquals("there is no file " + missing, unusable.getMessage());
    }

    @Test
    void an_answer_that_is_none_crashes_its_case_alone() throws Exception {
        List<String> lines = right();
        lines.set(2, lines.get(2).replaceFirst("bits\":\\[\"", "bits\":[\"1 "));
        OperationResult result = examine(read(lines, Optional.of("binary64")));
        assertEquals(15, result.agrees());
        String reason = assertInstanceOf(
                        Verdict.Crashed.class, result.cases().get(2).verdict())
                .reason();
        assertTrue(reason.startsWith("its answer is malformed: outputs.v: a double is 16"), reason);
    }
}
