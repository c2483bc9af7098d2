package org.goldgrad.golden.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VectorFileTest {
    private final List<GoldenCase> cases = Generator.cases(Sample.MOMENTUM);
    private final String text = VectorFile.text(Sample.MOMENTUM, cases);
    private Path file = Path.of("");

    @BeforeAll
    void place(@TempDir Path folder) throws IOException {
        file = VectorFile.write(folder, Sample.MOMENTUM, cases);
    }

    @Test
    void what_is_written_is_read() throws IOException {
        Files.writeString(file, text);
        VectorFile read = VectorFile.read(file);
        assertEquals(cases, read.cases());
        assertEquals(text, VectorFile.text(Sample.MOMENTUM, read.cases()));
        assertFalse(cases.get(0).budget().inexact().isEmpty(), "0.1 and 0.9 are no binary32 numbers");
    }

    /** One edit each: what is replaced (its first place), by what, and what the message must say. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "title":                      | "titel":                      | the field title is missing
        "title":                      | "note": "", "title":          | unknown field note
        "format": 1                   | "format": 2                   | field format: must be 1, is 2
        "count":                      | "count": 1, "conut":          | unknown field conut
        "count": 1                    | "count": 2                    | field count: says 2
        "level": "required"           | "level": "requried"           | field level: must be required, optional or stochastic
        "level": "required"           | "level": 3                    | field level: must be a text, is 3
        "rate": "inside"              | "rate": "outside"             | field sha256: does not fit the content
        "approx": [1.0, -2.0]         | "approx": [1.0, -2.5]         | field inputs.theta0.approx: element [1] is -2.5, but its bits c000000000000000 are -2.0
        "3ff0000000000000 c0          | "3ff0000000000001 c0          | field inputs.theta0.approx: element [0] is 1.0
        "3ff0000000000000 c0          | "3FF0000000000000 c0          | 16 hexadecimal digits in lower case
        "3ff0000000000000 c0          | "c0                           | field inputs.theta0.bits[0]: has 1 numbers, but a row of the shape length 2 has 2
        "shape": [2], "bits"          | "shape": [2, 1], "bits"       | field inputs.theta0.bits: has 1 rows, but the shape 2×1 has 2
        "shape": [2], "bits"          | "shape": [2.0], "bits"        | field inputs.theta0.shape[0]: must be an integer of at least 1, is 2.0
        "shape": [2], "bits"          | "bits"                        | field inputs.theta0: the field shape is missing
        "approx": [1.0, -2.0]         | "approx": [1.0]               | field inputs.theta0.approx: has 1 elements
        "approx": [1.0, -2.0]         | "approx": [1.0, "two"]        | field inputs.theta0.approx[1]: must be a number
        "reach":                      | "reach": -1.0, "raech":       | unknown field raech
        "kills": [                    | "kills": [3,                  | field kills[0]: must be a text
        "license": "CC0-1.0"          | "license": "MIT"              | field license: must be "CC0-1.0"
        "operation": "optimization.sample" | "operation": "optimization.simple" | belongs into optimization/simple.json
        """)
    void an_edit_gives_one_clear_line(String before, String after, String message) throws IOException {
        int at = text.indexOf(before);
        assertTrue(at >= 0, "nothing to edit: " + before);
        assertComplaint(text.substring(0, at) + after + text.substring(at + before.length()), message);
    }

    @Test
    void a_truncated_file_is_called_truncated() throws IOException {
        assertComplaint(text.substring(0, text.length() / 2), "truncated");
        assertComplaint("", "");
    }

    @Test
    void a_lost_case_is_missed() throws IOException {
        List<GoldenCase> fewer = cases.subList(1, cases.size());
        String short_ = VectorFile.text(Sample.MOMENTUM, fewer)
                .replace("\"count\": " + fewer.size(), "\"count\": " + cases.size());
        assertComplaint(short_, "field count: says " + cases.size() + " cases, but there are " + fewer.size());
    }

    @Test
    void an_id_stands_once() throws IOException {
        List<GoldenCase> twice = new ArrayList<>(cases);
        twice.add(cases.get(0));
        assertComplaint(VectorFile.text(Sample.MOMENTUM, twice), "is used twice");
    }

    @Test
    void a_member_stands_once() throws IOException {
        assertComplaint(text.replaceFirst("\"reach\"", "\"title\": \"again\", \"reach\""), "Duplicate");
    }

    @Test
    void bytes_that_are_no_text_are_refused() throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length / 2] = (byte) 0xff;
        Files.write(file, bytes);
        assertComplaint("is not UTF-8");
    }

    @Test
    void a_case_that_does_not_fit_the_declaration_is_refused() {
        GoldenCase whole = cases.get(0);
        GoldenCase without = new GoldenCase(
                whole.id(),
                whole.title(),
                whole.level(),
                whole.operation(),
                whole.inputs().with("theta0", 1, 2, 3),
                whole.expected(),
                whole.intermediates(),
                whole.budget(),
                whole.bits(),
                whole.choices(),
                whole.kills(),
                whole.separates());
        VectorFile misfit = new VectorFile("there.json", whole.operation(), List.of(without));
        assertLine(assertThrows(CorpusException.class, () -> misfit.fitting(Sample.MOMENTUM)), "parameters is 3 here");
    }

    private void assertComplaint(String content, String message) throws IOException {
        Files.writeString(file, content);
        assertComplaint(message);
    }

    private void assertComplaint(String message) {
        CorpusException complaint = assertThrows(CorpusException.class, () -> VectorFile.read(file));
        assertLine(complaint, message);
        assertTrue(complaint.getMessage().startsWith(file.toString()), complaint.getMessage());
        assertTrue(complaint.getMessage().endsWith("goldgrad vectors generate"), complaint.getMessage());
    }

    private static void assertLine(CorpusException complaint, String message) {
        String line = complaint.getMessage();
        assertTrue(line.contains(message), line);
        assertEquals(1, line.lines().count(), line);
    }
}
