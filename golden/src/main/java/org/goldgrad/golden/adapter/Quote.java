package org.goldgrad.golden.adapter;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Evidence: what was written, on one line and not too long. */
final class Quote {
    private static final int MOST = 240;

    private Quote() {}

    /** The beginning. */
    static String beginning(String text) {
        String line = line(text.length() <= 4 * MOST ? text : text.substring(0, 4 * MOST));
        return "«" + (line.length() <= MOST && text.length() <= 4 * MOST ? line : cut(line, 0, MOST) + "…") + "»";
    }

    static String beginning(byte[] bytes) {
        return beginning(new String(bytes, 0, Math.min(bytes.length, 8 * MOST), StandardCharsets.UTF_8));
    }

    /** The end, where what matters stands in a trace. */
    static String end(String text) {
        String line = line(text);
        return "«" + (line.length() <= 2 * MOST ? line : "…" + cut(line, line.length() - 2 * MOST, line.length()))
                + "»";
    }

    /** Without the marks, for messages that quote already. */
    static String bare(@Nullable String message) {
        String quoted = beginning(String.valueOf(message));
        return quoted.substring(1, quoted.length() - 1);
    }

    private static String cut(String text, int from, int to) {
        int start = from > 0 && Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from;
        int end = Math.min(to, text.length());
        return text.substring(start, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }

    /** What ends lines becomes a sign, what is invisible a question mark. */
    private static String line(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ⏎ ").replaceAll("[\\p{Cc}\\p{Cf}]", "?");
    }
}
