package org.goldgrad.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command in README.md does what it should; so do the paths it names. */
final class ReadmeTest {
    /** The command that runs this test, which it cannot run itself. */
    private static final String THIS = "mvn verify";

    private static List<String> lines() throws IOException {
        return Files.readAllLines(Ran.HOME.resolve("README.md"));
    }

    /** Every line of every block that is fenced as sh, without its comment. */
    static List<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        boolean shell = false;
        for (String line : lines()) {
            if (line.startsWith("```")) {
                shell = line.equals("```sh");
            } else if (shell && !line.isBlank()) {
                commands.add(line.replaceFirst("\\s+#.*", ""));
            }
        }
        return commands;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_runs(String command, @TempDir Path folder) {
        assumeFalse(command.equals(THIS), "this test is part of it");
        assertTrue(command.startsWith("./goldgrad "), () -> "only ./goldgrad and mvn verify can be tested: " + command);
        List<String> arguments =
                new ArrayList<>(List.of(command.replace("'", "").split("\\s+")));
        arguments.remove(0);
        boolean check = arguments.get(0).equals("check");
        if (check) {
            arguments.addAll(List.of("--report", folder.toString()));
        }
        Ran ran = Ran.goldgrad(arguments.toArray(String[]::new));
        assertTrue(ran.code() == 0 || (check && ran.code() == 1), () -> ran.code() + "\n" + ran.out() + ran.err());
    }

    @Test
    void begins_with_the_check_and_then_the_build() throws IOException {
        assertEquals(List.of("./goldgrad check", THIS), commands().subList(0, 2));
    }

    @Test
    void ci_runs_the_same_build() throws IOException {
        assertTrue(Files.readString(Ran.HOME.resolve(".ci/run")).contains("mvn -B -ntp verify"));
    }

    @Test
    void every_path_it_links_to_exists() throws IOException {
        Stream<String> targets = Pattern.compile("\\]\\(([^)#:]+)\\)")
                .matcher(String.join("\n", lines()))
                .results()
                .map(match -> match.group(1));
        assertEquals(
                List.of(),
                targets.filter(path -> !Files.exists(Ran.HOME.resolve(path))).toList());
    }

    /** What a newcomer copies, beside a copy of the kit. */
    @ParameterizedTest
    @CsvSource({"python, python3, mine.py, python/goldgrad.py", "js, node, mine.mjs, javascript/goldgrad.mjs"})
    void its_adapters_conform(String language, String program, String name, String kit, @TempDir Path folder)
            throws IOException {
        Path adapter = Files.writeString(folder.resolve(name), block(language));
        Path original = Ran.HOME.resolve("golden/adapters").resolve(kit);
        Files.copy(original, folder.resolve(original.getFileName()));
        Ran.requires(program);
        Ran ran = Ran.goldgrad(
                "check",
                "--adapter",
                program + " '" + adapter + "'",
                "--operations",
                "optimization.momentum",
                "--report",
                folder.toString());
        assertTrue(ran.exits(0).out().contains("mine conforms: 8 of 8 cases agree."), ran.out());
    }

    private static String block(String language) throws IOException {
        List<String> all = lines();
        int from = all.indexOf("```" + language) + 1;
        List<String> rest = all.subList(from, all.size());
        return String.join("\n", rest.subList(0, rest.indexOf("```"))) + "\n";
    }
}
