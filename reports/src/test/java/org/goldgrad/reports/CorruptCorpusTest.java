package org.goldgrad.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Golden files that were damaged: nothing is judged by them, and the line on standard error names the file. */
final class CorruptCorpusTest {
    private static final String ADAM = "optimization/adam.json";

    @TempDir
    private Path home;

    private Path vectors() {
        return home.resolve("golden/vectors");
    }

    @BeforeEach
    void copy() throws IOException {
        Path original = Ran.HOME.resolve("golden/vectors");
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.toList()) {
                Path copy = vectors().resolve(original.relativize(file).toString());
                Files.createDirectories(Files.isDirectory(file) ? copy : copy.getParent());
                if (Files.isRegularFile(file)) {
                    Files.copy(file, copy);
                }
            }
        }
    }

    private void refuses(String... words) {
        Ran.in(
                        home,
                        "check",
                        "--implementation",
                        "reference",
                        "--report",
                        home.resolve("report").toString())
                .refuses(words);
        for (String command : List.of("lint", "verify")) {
            Ran.in(home, "vectors", command).refuses(words);
        }
        assertEquals(false, Files.exists(home.resolve("report")), "a report though nothing was judged");
    }

    private void edit(String from, String to) throws IOException {
        Path file = vectors().resolve(ADAM);
        String text = Files.readString(file);
        Files.writeString(file, text.replaceFirst(from, to));
        assertEquals(false, text.equals(Files.readString(file)), () -> "no " + from + " in " + file);
    }

    @Test
    void truncated() throws IOException {
        byte[] bytes = Files.readAllBytes(vectors().resolve(ADAM));
        Files.write(vectors().resolve(ADAM), Arrays.copyOf(bytes, bytes.length / 2));
        refuses("adam.json", "truncated");
    }

    @Test
    void empty() throws IOException {
        Files.writeString(vectors().resolve(ADAM), "");
        refuses("adam.json");
    }

    @Test
    void one_bit_flipped() throws IOException {
        byte[] bytes = Files.readAllBytes(vectors().resolve(ADAM));
        String text = new String(bytes, StandardCharsets.US_ASCII);
        int digit = text.indexOf("3f", text.indexOf("\"bits\""));
        bytes[digit] ^= 1;
        Files.write(vectors().resolve(ADAM), bytes);
        refuses("adam.json");
    }

    @Test
    void not_text() throws IOException {
        Files.write(vectors().resolve(ADAM), new byte[] {'{', (byte) 0xff, '}'});
        refuses("adam.json");
    }

    @Test
    void a_file_that_is_right_but_not_the_one_that_was_hashed() throws IOException {
        Files.writeString(vectors().resolve(ADAM), Files.readString(vectors().resolve(ADAM)) + "\n");
        refuses("adam.json", "SHA256SUMS");
    }

    @Test
    void a_wrong_checksum() throws IOException {
        Path sums = vectors().resolve("SHA256SUMS");
        String text = Files.readString(sums);
        Files.writeString(sums, (text.charAt(0) == '0' ? "1" : "0") + text.substring(1));
        refuses("SHA256SUMS");
    }

    @Test
    void no_checksums() throws IOException {
        Files.delete(vectors().resolve("SHA256SUMS"));
        refuses("SHA256SUMS is missing");
    }

    @Test
    void an_unknown_field() throws IOException {
        edit("\"title\":", "\"note\": \"x\", \"title\":");
        refuses("adam.json", "unknown field note");
    }

    /** It is not read, but it is hashed: what a report calls its golden cases is all of them. */
    @Test
    void a_file_that_nobody_asked_about() throws IOException {
        Files.writeString(vectors().resolve(ADAM), "");
        Ran.in(home, "check", "--implementation", "reference", "--operations", "recurrent.scalar")
                .refuses("adam.json", "SHA256SUMS");
    }

    @Test
    void an_operation_without_cases() throws IOException {
        Files.delete(vectors().resolve(ADAM));
        refuses("adam.json", "missing");
    }
}
