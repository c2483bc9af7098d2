package org.goldgrad.golden.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.goldgrad.golden.Program;
import org.goldgrad.golden.adapter.Adapter;
import org.goldgrad.golden.adapter.Limits;
import org.goldgrad.golden.adapter.Unusable;
import org.goldgrad.golden.judge.Diagnosis;
import org.goldgrad.properties.catalogue.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of the kits' textbooks with five mistakes each: all are found and named, each with a case of one line. */
final class PlantedMistakesTest {
    private static final Path ADAPTERS = Path.of("adapters").toAbsolutePath();

    @TempDir
    private Path copy = Path.of("");

    /** Each line as it is and as it is planted, in the one place where it stands: a textbook, its parts and its kit. */
    private void plant(String language, Map<String, String> mistakes) throws IOException {
        Path folder = ADAPTERS.resolve(language);
        Map<String, Integer> places = new TreeMap<>();
        for (Path file : textbook(folder)) {
            String text = Files.readString(file);
            for (Map.Entry<String, String> mistake : mistakes.entrySet()) {
                int there = text.split(Pattern.quote(mistake.getKey()), -1).length - 1;
                places.merge(mistake.getKey(), there, Integer::sum);
                text = text.replace(mistake.getKey(), mistake.getValue());
            }
            Path planted = copy.resolve(folder.relativize(file).toString());
            Files.createDirectories(planted.resolveSibling(""));
            Files.writeString(planted, text);
        }
        mistakes.keySet().forEach(line -> assertEquals(1, places.get(line), line));
    }

    private static List<Path> textbook(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder, 2)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> folder.relativize(file).toString().matches("(goldgrad|textbook).*\\.(py|mjs)"))
                    .toList();
        }
    }

    private void found(String command, Map<String, String> names) throws Unusable {
        try (Adapter adapter = Adapter.start(command, Limits.PROBING, Catalogue.operations())) {
            List<Probed> probed = new Probe(adapter, 200, 1, Duration.ofMinutes(5))
                    .run(
                            Catalogue.operations().stream()
                                    .filter(operation -> names.containsKey(operation.id()))
                                    .toList(),
                            (id, tried, failed) -> {});
            Map<String, String> found = new TreeMap<>();
            for (Probed one : probed) {
                for (Finding finding : one.findings()) {
                    found.merge(
                            one.operation(),
                            finding.name().map(Diagnosis.Candidate::id).orElse("no name"),
                            (first, second) -> first + ", " + second);
                    assertEquals(1, finding.line().lines().count());
                    assertTrue(finding.line().length() < 300, finding.line());
                    assertEquals("", finding.steadiness());
                    System.out.println(one.operation() + ": " + finding.line());
                }
            }
            assertEquals(new TreeMap<>(names), found);
        }
    }

    @Test
    void in_python() throws IOException, Unusable {
        Program.require("python3");
        plant(
                "python",
                Map.of(
                        "f * c + i * g,", "f * c + i + g,",
                        "a, b = 1 - beta1**t, 1 - beta2**t\n    if epsilon in",
                                "a, b = 1 - beta1, 1 - beta2\n    if epsilon in",
                        "sum((xj - mean) ** 2 for xj in x) / len(x)",
                                "sum((xj - mean) ** 2 for xj in x) / max(1, len(x) - 1)",
                        "pw if conventions[\"scaling\"] == \"inverted\" else [x / p for x in pw]", "pw",
                        "vectors[: integers[\"k\"]]", "vectors[-integers[\"k\"] :]"));
        found(
                "python3 " + copy.resolve("textbook_adapter.py"),
                Map.of(
                        "recurrent.lstm", "adds-gate-and-candidate",
                        "optimization.adam", "counter-stands-still",
                        "normalization.layer_norm", "unbiased-variance",
                        "regularization.dropout_solution", "scaling=inverted",
                        "autoencoder.pca", "smallest-components"));
    }

    @Test
    void in_javascript() throws IOException, Unusable {
        Program.require("node");
        plant(
                "javascript",
                Map.of(
                        "h = times(o, each(Math.tanh, C));", "h = times(o, C);",
                        "1 - beta2 ** t];\n    const corrected", "1];\n    const corrected",
                        "alpha * v + (rate", "0 * v + (rate",
                        "(j === k ? a + lambda : a)", "(j === k ? a + 2 * lambda : a)",
                        "pairs.slice(0, k)", "pairs.slice(-k)"));
        found(
                "node " + copy.resolve("textbook_adapter.mjs"),
                Map.of(
                        "recurrent.lstm", "no-tanh-on-the-output",
                        "optimization.adam", "only-first-moment-corrected",
                        "optimization.momentum", "buffer-reset-every-step",
                        "regularization.ridge_solution", "lambda-doubled",
                        "autoencoder.pca", "smallest-components"));
    }

    /** Across the border of a process that dies of every try. */
    @Test
    void what_kills_the_process_is_made_small_too() throws IOException, Unusable {
        Program.require("python3");
        String course = "            return steps(step, inputs, conventions, start)\n";
        plant(
                "python",
                Map.of(
                        course,
                        "            if any(len(g) == 3 and g[1] for g in inputs['g']):\n"
                                + "                __import__('os')._exit(7)\n" + course));
        String command = "python3 " + copy.resolve("textbook_adapter.py");
        try (Adapter adapter = Adapter.start(command, Limits.PROBING, Catalogue.operations())) {
            Probed probed = new Probe(adapter, 12, 3, Duration.ofMinutes(3))
                    .run(List.of(Catalogue.operation("optimization.momentum")), (id, tried, failed) -> {})
                    .get(0);
            assertEquals(1, probed.findings().size(), probed.toString());
            Finding finding = probed.findings().get(0);
            assertEquals("a crash (ended)", finding.symptom().toString());
            assertTrue(finding.line().contains("it exited with code 7"), finding.line());
            assertTrue(finding.line().contains("on theta0=[0,0,0], g=[[0,0.125,0]], alpha=0.5"), finding.line());
        }
    }
}
