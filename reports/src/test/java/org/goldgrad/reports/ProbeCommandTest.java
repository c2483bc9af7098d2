package org.goldgrad.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search from the command line, and the cases that it keeps. */
final class ProbeCommandTest {
    private static final String ADAM = "optimization.adam";

    @TempDir
    private Path folder;

    /** The textbook in Python, whose Adam counts its first step as the second. */
    private String wrong() throws IOException {
        Ran.requires("python3");
        Path kit = Ran.HOME.resolve("golden/adapters/python");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(kit, "{goldgrad,textbook}*.py")) {
            for (Path file : files) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        Path optimizers = folder.resolve("textbook_optimization.py");
        String text = Files.readString(optimizers);
        String right = "a, b = 1 - beta1**t, 1 - beta2**t\n    if epsilon in";
        assertTrue(text.contains(right), text);
        String wrong = "a, b = 1 - beta1 ** (t + 1), 1 - beta2 ** (t + 1)\n    if epsilon in";
        Files.writeString(optimizers, text.replace(right, wrong));
        return "python3 '" + folder.resolve("textbook_adapter.py") + "'";
    }

    private static String[] probe(String... more) {
        String[] all = new String[more.length + 5];
        System.arraycopy(new String[] {"probe", "--tries", "100", "--operations", ADAM}, 0, all, 0, 5);
        System.arraycopy(more, 0, all, 5, more.length);
        return all;
    }

    @Test
    void what_is_right_conforms() {
        Ran ran = Ran.goldgrad(probe("--implementation", "reference")).exits(0);
        assertTrue(ran.out().contains("reference: nothing found in "), ran.out());
    }

    @Test
    void what_is_wrong_is_named_shown_and_kept() throws IOException {
        String adapter = wrong();
        Path kept = folder.resolve("kept");
        Ran ran = Ran.goldgrad(probe("--adapter", adapter, "--save", kept.toString()))
                .exits(1);
        assertTrue(ran.out().contains("(counts-from-two), which"), ran.out());
        assertTrue(ran.out().contains("  smallest: theta[0,0,0] is "), ran.out());
        assertTrue(ran.out().contains("  breaks adam-first-step: "), ran.out());
        assertTrue(ran.out().contains("again: ./goldgrad probe --adapter 'python3 "), ran.out());
        assertTrue(ran.err().contains("goldgrad: 1 new case in " + kept), ran.err());

        Ran judged = Ran.goldgrad(
                "check", "--vectors", kept.toString(), "--report", folder.toString(), "--adapter", adapter);
        assertTrue(judged.exits(1).out().contains("0 of 1 case agree, 1 differs."), judged.out());
        assertTrue(judged.out().contains("--vectors '" + kept), judged.out());
        Ran right = Ran.goldgrad(
                "check", "--vectors", kept.toString(), "--report", folder.toString(), "--implementation", "reference");
        assertTrue(right.exits(0).out().contains("1 of 1 case agrees"), right.out());

        Ran again = Ran.goldgrad(probe("--adapter", adapter, "--save", kept.toString()))
                .exits(1);
        assertEquals(ran.out(), again.out());
        assertTrue(again.err().contains("goldgrad: 0 new cases in "), again.err());
    }

    @Test
    void machines_get_json() throws IOException {
        Ran ran = Ran.goldgrad(probe("--adapter", wrong(), "--json")).exits(1);
        JsonNode finding = new ObjectMapper().readTree(ran.out()).at("/operations/0/findings/0");
        assertEquals("counts-from-two", finding.path("name").asText());
        assertEquals("a wrong value", finding.path("symptom").asText());
        assertTrue(finding.path("smallest").asText().contains(", on theta0=[[0]], g=[[["), finding.toString());
    }

    @Test
    void what_answers_nothing_is_unusable() {
        Ran ran = Ran.goldgrad("probe", "--tries", "5", "--implementation", "nd4j", "--operations", "*momentum");
        assertTrue(ran.exits(2).out().contains("nd4j answers nothing."), ran.out());
        assertTrue(ran.out().contains("declined: ND4J's only updater with momentum"), ran.out());
    }

    @Test
    void bad_options_are_refused() {
        Ran.goldgrad(probe("--time", "soon")).refuses("--time must be a number of seconds above 0", "90s", "soon");
        Ran.goldgrad(probe("--time", "0s")).refuses("--time must be");
        Ran.goldgrad("probe", "--tries", "0").refuses("--tries must be from 1 to 10000000, not 0");
        Ran.goldgrad("probe", "--operations", "adam").refuses("no operation matches adam");
        Ran.goldgrad("check", "--vectors", folder.resolve("nowhere").toString())
                .refuses("nowhere is no folder of golden files", "probe --save");
    }

    @Test
    void a_folder_of_something_else_is_left_alone() throws IOException {
        Files.writeString(folder.resolve("thesis.txt"), "precious");
        String adapter = wrong();
        Ran ran = Ran.goldgrad(probe("--adapter", adapter, "--save", folder.toString()));
        assertTrue(ran.exits(3).err().contains("goldgrad: "), ran.err());
        assertEquals("precious", Files.readString(folder.resolve("thesis.txt")));
        assertTrue(Files.notExists(folder.resolve("SHA256SUMS")));
    }
}
