package org.goldgrad.golden.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

class GeneratorTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    @ResourceLock(Resources.LOCALE)
    @ResourceLock(Resources.TIME_ZONE)
    void same_bytes_in_any_locale_and_time_zone() throws IOException {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        Map<String, String> here = generated("here");
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-SA-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            assertEquals(here, generated("arabic"));
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertEquals(here, generated("turkish"));
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    private Map<String, String> generated(String name) throws IOException {
        Sample.generated(folder.resolve(name));
        Map<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, Path> file :
                Checksums.files(folder.resolve(name)).entrySet()) {
            texts.put(file.getKey(), Files.readString(file.getValue()));
        }
        return texts;
    }

    @Test
    void every_candidate_is_rejected_and_every_pair_told_apart() throws IOException {
        List<String> progress = new ArrayList<>();
        List<KillMatrix> matrices = Generator.generate(List.of(Sample.MOMENTUM), folder, progress::add);
        for (KillMatrix.Variant variant : matrices.get(0).variants()) {
            assertEquals(4, variant.kills().size());
            assertEquals(List.of(), variant.survivors());
            assertEquals(6, variant.pairs());
            assertEquals(List.of(), variant.inseparable());
        }
        assertTrue(
                progress.stream()
                        .anyMatch(line -> line.matches("optimization.sample/inside: \\d+ cases reject 4 of 4 "
                                + "candidates and tell 6 of 6 pairs apart")),
                progress.toString());
    }

    @Test
    void there_are_at_least_six_draws_a_variant_of_diverse_shapes() {
        for (Map<String, String> variant : Sample.MOMENTUM.variants()) {
            List<Map<String, Integer>> sizes = Generator.cases(Sample.MOMENTUM).stream()
                    .filter(golden -> golden.conventions().equals(variant))
                    .filter(golden -> !golden.choices().isEmpty())
                    .map(golden -> Sample.MOMENTUM.signature().sizesOf(golden.inputs()))
                    .toList();
            assertTrue(sizes.size() >= 6);
            assertTrue(sizes.stream().anyMatch(size -> size.containsValue(1)));
            long shapely = sizes.stream()
                    .filter(size ->
                            !size.containsValue(1) && Set.copyOf(size.values()).size() == 2)
                    .count();
            assertTrue(2 * shapely > sizes.size(), sizes.toString());
            assertTrue(sizes.stream().distinct().count() >= 5, sizes.toString());
        }
    }

    @Test
    void a_drawn_case_says_by_which_choices() {
        GoldenCase drawn = Generator.cases(Sample.MOMENTUM).stream()
                .filter(golden -> !golden.choices().isEmpty())
                .findFirst()
                .orElseThrow();
        int number = Integer.parseInt(drawn.id().replaceFirst(".*-", ""));
        Draws.Drawn again = new Draws(Sample.MOMENTUM, drawn.conventions()).number(number);
        assertEquals(drawn.inputs(), again.inputs());
        assertEquals(drawn.choices(), again.choices());
    }

    @Test
    void definition_and_reference_must_agree() {
        Operation wrong = Operation.named("optimization.disagreeing", "Doubling")
                .input("x", "", Domain.REAL)
                .output("y", "")
                .definition(Doubling.DEFINITION)
                .reference(in -> Outputs.of("y", in.array("x")))
                .example("one", Inputs.empty().with("x", 1.0))
                .declare();
        Path out = folder.resolve("vectors");
        String message = assertThrows(CorpusException.class, () -> Generator.generate(List.of(wrong), out, line -> {}))
                .getMessage();
        assertTrue(
                message.startsWith("optimization.disagreeing/plain-one: definition and reference disagree: "
                        + "y[] is 2.0 by proof and 1.0 by the reference"),
                message);
        assertTrue(Files.notExists(out), "nothing is touched before everything is made");
    }

    /** The other operations' rows stay in the kill matrix when one operation is generated again. */
    @Test
    void other_files_stay() throws IOException {
        Sample.generated(folder);
        Operation doubling = Operation.named("optimization.doubling", "Doubling")
                .input("x", "", Domain.REAL)
                .output("y", "")
                .definition(Doubling.DEFINITION)
                .reference(in -> Outputs.of("y", org.goldgrad.analytic.definition.Array.scalar(2 * in.scalar("x"))))
                .declare();
        Generator.generate(List.of(doubling), folder, line -> {});
        Corpus corpus = Corpus.load(folder, List.of(Sample.MOMENTUM, doubling));
        assertEquals(
                List.of("optimization.doubling", "optimization.sample"),
                List.copyOf(corpus.byOperation().keySet()));
        assertTrue(Files.readString(folder.resolve("kill-matrix.json")).contains("ascends"));
    }
}
