package org.goldgrad.golden.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.goldgrad.analytic.recurrent.ScalarRnn;
import org.goldgrad.properties.operation.Operation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {
    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void generate() throws IOException {
        file = Sample.generated(folder);
    }

    @Test
    void holds_what_was_generated() {
        Corpus corpus = Corpus.load(folder, List.of(Sample.MOMENTUM));
        List<GoldenCase> cases = corpus.cases("optimization.sample");
        assertEquals(Generator.cases(Sample.MOMENTUM), cases);
        assertEquals(cases, corpus.cases());
        assertEquals(
                cases.get(0),
                corpus.find("optimization.sample/inside-ten-to-the-minus-one").orElseThrow());
        assertTrue(corpus.find("nothing").isEmpty());
    }

    @Test
    void a_jar_serves_as_well(@TempDir Path elsewhere) throws IOException {
        Path jar = elsewhere.resolve("a jar.jar");
        try (FileSystem zip = FileSystems.newFileSystem(jar, Map.of("create", "true"));
                Stream<Path> files = Files.walk(folder)) {
            for (Path path : files.filter(Files::isRegularFile).toList()) {
                Path copy =
                        zip.getPath("golden/vectors", folder.relativize(path).toString());
                Files.createDirectories(Objects.requireNonNull(copy.getParent()));
                Files.copy(path, copy);
            }
        }
        URL sums = new URL("jar:" + jar.toUri() + "!/golden/vectors/SHA256SUMS");
        try (FileSystem opened = FileSystems.newFileSystem(sums.toURI(), Map.of())) {
            assertTrue(opened.isOpen(), "somebody else has the jar open");
            assertEquals(Corpus.load(folder), Corpus.load(sums, List.of(Sample.MOMENTUM)));
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void hash_is_that_of_the_content() throws IOException {
        String hash = Corpus.load(folder).hash();
        Files.writeString(folder.resolve("LICENSE"), "free");
        Checksums.write(folder);
        assertNotEquals(hash, Corpus.load(folder).hash());
    }

    @Test
    void sums_are_as_sha256sum_writes_them() throws IOException {
        String sums = Files.readString(folder.resolve("SHA256SUMS"));
        assertEquals(
                List.of("codec.json", "kill-matrix.json", "optimization/sample.json"),
                sums.lines().map(line -> line.substring(66)).toList());
        assertTrue(sums.startsWith(Sha256.hex(Files.readString(folder.resolve("codec.json"))) + "  codec.json\n"));
    }

    @Test
    void a_changed_file_is_named() throws IOException {
        Files.writeString(folder.resolve("kill-matrix.json"), "{}");
        assertComplaint("kill-matrix.json was changed");
    }

    @Test
    void a_missing_file_is_named() throws IOException {
        Files.delete(file);
        assertComplaint("sample.json is missing, but listed in SHA256SUMS");
    }

    @Test
    void an_extra_file_is_named() throws IOException {
        Files.writeString(folder.resolve("extra.txt"), "");
        assertComplaint("extra.txt is not listed in SHA256SUMS");
    }

    @Test
    void a_folder_without_sums_is_refused() throws IOException {
        Files.delete(folder.resolve("SHA256SUMS"));
        assertComplaint("SHA256SUMS is missing");
    }

    @Test
    void a_broken_codec_is_named() throws IOException {
        Path codec = folder.resolve("codec.json");
        String text = Files.readString(codec);
        Files.writeString(codec, text.replace("\"decimal\": \"0.1\"", "\"decimal\": \"0.2\""));
        assertComplaint("field numbers[4].decimal: is 3fc999999999999a, but bits says 3fb999999999999a");
        Files.writeString(codec, text.replace("\"one tenth\"", "\"a tenth\""));
        assertComplaint("codec.json: these are not the numbers");
        Files.delete(codec);
        assertComplaint("codec.json is missing");
    }

    @Test
    void a_folder_that_is_not_there_is_refused() {
        folder = folder.resolve("nowhere");
        assertComplaint("nowhere cannot be listed");
    }

    @Test
    void a_missing_operation_is_named() {
        Operation other = Operation.named("recurrent.scalar", "Another")
                .definition(ScalarRnn.NETWORK)
                .reference(in -> {
                    throw new IllegalStateException("not asked");
                })
                .declare();
        String message = assertThrows(CorpusException.class, () -> Corpus.load(folder, List.of(Sample.MOMENTUM, other)))
                .getMessage();
        assertTrue(
                message.contains("recurrent/scalar.json is missing: there are no cases of recurrent.scalar"), message);
    }

    private void assertComplaint(String message) {
        String line =
                assertThrows(CorpusException.class, () -> Corpus.load(folder)).getMessage();
        assertTrue(line.contains(message), line);
        assertEquals(1, line.lines().count(), line);
    }
}
