package org.goldgrad.reports;

import java.io.PrintStream;

/**
 * Where a command prints.
 *
 * @param live whether somebody watches {@code err}, so that a line on it may change
 */
record Shell(PrintStream out, PrintStream err, boolean live) {
    void say(String line) {
        out.print(line + "\n");
    }

    /** A line that tells how far long work is; it shows only while somebody watches. */
    void progress(String line) {
        if (live) {
            err.print("\r\u001b[K" + line);
            err.flush();
        }
    }

    /** Takes the progress line away. */
    void endProgress() {
        progress("");
    }
}
