package org.goldgrad.reports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.goldgrad.golden.judge.RunLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Adapters and files of answers, from the command line. */
@Timeout(120)
final class AdapterCommandTest {
    private static final String SCRIPT =
            Ran.HOME.resolve("golden/src/test/adapters/faulty.py").toString();

    private static final String OPERATIONS = "recurrent.scalar,optimization.momentum";

    private final String token = UUID.randomUUID().toString();

    @TempDir
    private Path folder;

    private String adapter(String fault) {
        return "/usr/bin/env python3 '" + SCRIPT + "' " + fault + " " + token;
    }

    private String[] check(String... more) {
        List<String> arguments = new ArrayList<>(List.of("check", "--report", folder.toString()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private static void isUnusable(Ran ran, String... words) {
        ran.exits(2);
        assertEquals("", ran.out());
        assertEquals(1, ran.err().lines().count(), ran.err());
        for (String word : words) {
            assertTrue(ran.err().contains(word), ran.err());
        }
    }

    @Test
    void an_adapter_is_judged() {
        Ran.requires("python3");
        Ran ran = Ran.goldgrad(check("--adapter", adapter("noise"), "--operations", "*momentum"));
        assertTrue(ran.exits(0).out().contains("faulty conforms: 16 of 16 cases agree."), ran.out());
        assertTrue(ran.err().startsWith("goldgrad: the adapter wrote "), ran.err());
    }

    @Test
    void an_adapter_that_hangs_costs_one_case_and_the_rerun_names_it() {
        Ran.requires("python3");
        Ran ran = Ran.goldgrad(
                check("--adapter", adapter("hang"), "--timeout", "2", "--operations", "optimization.momentum"));
        assertTrue(ran.exits(1).out().contains("15 of 16 cases agree, 1 crashes."), ran.out());
        assertTrue(ran.out().contains("rerun: ./goldgrad check --adapter '/usr/bin/env python3 '"), ran.out());
    }

    @Test
    void an_adapter_that_cannot_be_used_is_one_line() {
        isUnusable(Ran.goldgrad(check("--adapter", "no-such-command-at-all")), "cannot be started", "no-such-command");
        isUnusable(Ran.goldgrad(check("--adapter", "'unclosed")), "open '");
        isUnusable(Ran.goldgrad(check("--adapter", "true")), "it exited with code 0 before it had said hello");
        isUnusable(Ran.goldgrad(check("--answers", "missing.jsonl")), "there is no file missing.jsonl");
    }

    @Test
    void options_that_do_not_fit_are_refused() {
        Ran.goldgrad(check("--adapter", "x", "--implementation", "nd4j")).refuses("cannot be given together");
        Ran.goldgrad(check("--timeout", "1")).refuses("for --adapter");
        Ran.goldgrad(check("--format", "binary32")).refuses("for --answers");
        Ran.goldgrad(check("--adapter", "x", "--timeout", "0")).refuses("--timeout must be");
        Ran.goldgrad(check("--adapter", "x", "--timeout", "soon")).refuses("--timeout");
        Ran.goldgrad(check("--adapter", "x", "--hello-timeout", "NaN")).refuses("--hello-timeout must be");
        Ran.goldgrad(check("--adapter", "x", "--max-line", "1")).refuses("--max-line must be");
        Ran.goldgrad(check("--adapter", "x", "--restarts", "-1")).refuses("--restarts must be");
        Ran.goldgrad(check("--answers", "x", "--conventions", "rate=inside")).refuses("OPERATION:CONVENTION=CHOICE");
        Ran.goldgrad("export").refuses("--output");
        Ran.goldgrad("export", "-o", folder.resolve("no/such").toString()).refuses("cannot be written");
    }

    @Test
    void what_is_exported_can_be_answered_elsewhere_and_judged() throws IOException, InterruptedException {
        Ran.requires("python3");
        Path requests = folder.resolve("requests.jsonl");
        Path answers = folder.resolve("answers.jsonl");
        Ran.goldgrad("export", "-o", requests.toString(), "--operations", "*momentum")
                .exits(0);
        assertEquals(
                Files.readString(requests, UTF_8),
                Ran.goldgrad("export", "-o", "-", "--operations", "*momentum").out());
        int code = new ProcessBuilder("/usr/bin/env", "python3", SCRIPT, "honest", token)
                .redirectInput(requests.toFile())
                .redirectOutput(answers.toFile())
                .start()
                .waitFor();
        assertEquals(0, code);
        String out = Ran.goldgrad(check(
                        "--answers",
                        answers.toString(),
                        "--requests",
                        requests.toString(),
                        "--operations",
                        "*momentum"))
                .exits(0)
                .out();
        assertTrue(out.contains("faulty conforms: 16 of 16 cases agree."), out);
    }

    @Test
    void a_run_that_was_killed_goes_on_as_if_nothing_had_happened() throws IOException, InterruptedException {
        Ran.requires("python3");
        Path whole = folder.resolve("whole.jsonl");
        Path torn = folder.resolve("torn.jsonl");
        assertEquals(0, started(whole).waitFor());
        for (int cases : List.of(12)) { // 8 of recurrent.scalar come first, so this is in the middle of the next
            Process killed = started(torn, "--resume");
            while (lines(torn) < 2 + cases && killed.isAlive()) {
                Thread.sleep(20);
            }
            killed.destroyForcibly().waitFor();
            assertTrue(lines(torn) < 24, "it was killed too late");
        }
        Files.writeString(torn, Files.readString(torn) + "{\"line\":\"case\",\"op");
        assertEquals(0, started(torn, "--resume").waitFor());
        assertEquals(Files.readString(whole), Files.readString(torn));
        assertTrue(RunLog.read(torn).conforms());
        for (int wait = 0; wait < 50 && left(); wait++) {
            TimeUnit.MILLISECONDS.sleep(100); // an adapter ends when its input does
        }
        assertFalse(left());
        Ran.goldgrad(check(
                        "--implementation",
                        "reference",
                        "--log",
                        torn.toString(),
                        "--resume",
                        "--operations",
                        OPERATIONS))
                .refuses("is of another run");
        Ran.goldgrad(check(
                        "--implementation", "reference", "--log", torn.toString(), "--resume", "--operations", "*lstm"))
                .refuses("of other operations");
    }

    private boolean left() {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(token) && !line.contains("org.goldgrad"))
                        .isPresent());
    }

    private static long lines(Path path) throws IOException {
        return Files.exists(path) ? Files.readString(path).lines().count() : 0;
    }

    private Process started(Path log, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dgoldgrad.home=" + Ran.HOME,
                "-cp",
                System.getProperty("java.class.path"),
                "org.goldgrad.reports.Goldgrad"));
        command.addAll(List.of(check("--adapter", adapter("slow"), "--log", log.toString(), "--operations")));
        command.add(OPERATIONS);
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
    }
}
