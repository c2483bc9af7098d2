package org.goldgrad.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A command that was run in this JVM: its exit code and what it printed. */
record Ran(int code, String out, String err) {
    /** The project, found by its launcher from wherever the tests were started. */
    static final Path HOME = home(Path.of("").toAbsolutePath());

    private static Path home(Path here) {
        return Files.isRegularFile(here.resolve("goldgrad"))
                ? here
                : home(Objects.requireNonNull(here.getParent(), "not below the folder of Goldgrad"));
    }

    /** Skips a test that needs a program which is not there. */
    static void requires(String program) {
        boolean there;
        try {
            there = new ProcessBuilder("/usr/bin/env", program, "--version")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException missing) {
            there = false;
        }
        assumeTrue(there, "skipped: there is no " + program);
    }

    /** Runs a command on the project. */
    static Ran goldgrad(String... arguments) {
        return in(HOME, arguments);
    }

    /** Runs a command on a copy of the project. */
    static Ran in(Path home, String... arguments) {
        String before = System.setProperty("goldgrad.home", home.toString());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try {
            int code = Goldgrad.run(arguments, stream(out), stream(err));
            return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            if (before == null) {
                System.clearProperty("goldgrad.home");
            } else {
                System.setProperty("goldgrad.home", before);
            }
        }
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    Ran exits(int wanted) {
        assertEquals(wanted, code, () -> out + err);
        return this;
    }

    /** Refused in one or two lines on standard error, without a stack trace, and with nothing on standard output. */
    Ran refuses(String... words) {
        exits(3);
        assertEquals("", out);
        assertFalse(err.contains("\tat ") || err.contains("Exception"), err);
        assertFalse(err.lines().count() > 2, err);
        for (String word : words) {
            assertEquals(true, err.contains(word), () -> "no \"" + word + "\" in: " + err);
        }
        return this;
    }
}
