package org.goldgrad.reports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.goldgrad.golden.judge.RunLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineTest {
    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "check --help",
                "export --help",
                "list --help",
                "explain --help",
                "vectors --help",
                "vectors generate --help",
                "vectors lint --help",
                "vectors verify --help",
                "generate-completion --help"
            })
    void helps_everywhere(String arguments) {
        assertTrue(Ran.goldgrad(arguments.split(" ")).exits(0).out().startsWith("Usage: goldgrad"));
    }

    @Test
    void says_its_version() {
        assertTrue(Ran.goldgrad("--version").exits(0).out().startsWith("goldgrad "));
    }

    @Test
    void completes_in_a_shell() {
        assertTrue(Ran.goldgrad("generate-completion").exits(0).out().contains("complete -F _complete_goldgrad"));
    }

    @Test
    void refuses_what_it_does_not_know_and_says_what_it_might_be() {
        Ran.goldgrad().refuses("Missing required subcommand", "--help");
        Ran.goldgrad("chek").refuses("unknown command chek; did you mean check?", "./goldgrad --help");
        Ran.goldgrad("check", "--jsn").refuses("goldgrad check: unknown option --jsn; did you mean --json?");
        Ran.goldgrad("check", "everything").refuses("unexpected argument everything");
        Ran.goldgrad("check", "--operations").refuses("--operations");
        Ran.goldgrad("check", "--implementation", "ndj4").refuses("must be one of nd4j, dl4j, reference", "not ndj4");
        Ran.goldgrad("check", "--operations", "recurrent.lsmt").refuses("did you mean recurrent.lstm");
        Ran.goldgrad("check", "--operations", "recurrent.*,nothing.*").refuses("no operation matches nothing.*");
        Ran.goldgrad("list").refuses("KIND");
        Ran.goldgrad("list", "claim").refuses("no claim; did you mean claims");
        Ran.goldgrad("explain", "optimization.adma").refuses("did you mean optimization.adam");
        Ran.goldgrad("vectors").refuses("subcommand");
        Ran.goldgrad("vectors", "lnt").refuses("did you mean lint?");
    }

    @Test
    void a_fault_of_its_own_is_one_line_and_a_file() throws IOException {
        PrintStream torn = new PrintStream(OutputStream.nullOutputStream()) {
            @Override
            public void print(String text) {
                throw new IllegalStateException("torn");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Goldgrad.run(new String[] {"list", "operations"}, torn, new PrintStream(err, true, UTF_8));
        String line = err.toString(UTF_8);
        assertEquals(3, code);
        assertEquals(1, line.lines().count(), line);
        Path trace = Path.of(line.strip().replaceFirst(".* trace is in ", ""));
        assertTrue(Files.readString(trace).contains("\tat org.goldgrad.reports.ListCommand"), line);
        Files.delete(trace);
    }

    @Test
    void lists_everything_as_json() throws JsonProcessingException {
        for (String kind : List.of("operations", "claims", "mistakes", "conventions")) {
            JsonNode rows = json(Ran.goldgrad("list", kind, "--json").exits(0).out());
            assertTrue(rows.isArray() && rows.size() > 0, kind);
            rows.forEach(row -> assertTrue(row.get("id").isTextual(), row::toString));
            assertTrue(Ran.goldgrad("list", kind)
                    .exits(0)
                    .out()
                    .contains(rows.get(0).get("id").textValue()));
        }
        for (JsonNode claim : json(Ran.goldgrad("list", "claims", "--json").out())) {
            assertTrue(List.of("holds", "refuted").contains(claim.get("status").textValue()), claim::toString);
            assertEquals(claim.get("status").textValue().equals("refuted"), claim.has("correction"), claim::toString);
        }
    }

    @Test
    void explains_everything_that_it_lists() throws JsonProcessingException {
        for (String kind : List.of("operations", "claims", "mistakes", "conventions")) {
            String id =
                    json(Ran.goldgrad("list", kind, "--json").out()).at("/0/id").textValue();
            assertTrue(Ran.goldgrad("explain", id).exits(0).out().startsWith(id + ": "), id);
        }
        String adam = Ran.goldgrad("explain", "optimization.adam").exits(0).out();
        assertTrue(adam.contains("example, the smallest of") && adam.contains("expected"), adam);
    }

    @Test
    void judges_the_reference_and_leaves_a_report(@TempDir Path folder) throws IOException {
        String out = Ran.goldgrad(
                        "check",
                        "--implementation",
                        "reference",
                        "--operations",
                        "optimization.*",
                        "--report",
                        folder.toString())
                .exits(0)
                .out();
        assertTrue(out.contains("reference conforms: "), out);
        assertTrue(out.endsWith("Report: " + folder.resolve("report.html") + "\n"), out);
        assertTrue(Files.readString(folder.resolve("report.html")).contains("reference conforms: "));
        assertTrue(json(Files.readString(folder.resolve("report.json")))
                .get("conforms")
                .booleanValue());
        assertTrue(RunLog.read(folder.resolve("run.jsonl")).conforms());
    }

    @Test
    void prints_json_or_hardly_anything(@TempDir Path folder) throws IOException {
        String[] check = {
            "check",
            "--implementation",
            "reference",
            "--operations",
            "*momentum",
            "--report",
            folder.toString(),
            "--json"
        };
        JsonNode report = json(Ran.goldgrad(check).exits(0).out());
        assertEquals(1, report.get("operations").size());
        check[check.length - 1] = "--quiet";
        assertEquals(1, Ran.goldgrad(check).exits(0).out().lines().count());
    }

    @Test
    void refuses_a_report_where_none_can_be(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Ran.goldgrad("check", "--implementation", "reference", "--report", file.toString())
                .refuses("--report " + file);
    }
}
