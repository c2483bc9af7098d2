package org.goldgrad.golden;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;

/** Programs that some tests need, such as python3. */
public final class Program {
    private Program() {}

    /** Skips the test where a program is not there. */
    public static void require(String program) {
        boolean there;
        try {
            there = new ProcessBuilder("/usr/bin/env", program, "--version")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException missing) {
            there = false;
        }
        assumeTrue(there, "skipped: the adapter needs " + program + ", and there is none");
    }
}
