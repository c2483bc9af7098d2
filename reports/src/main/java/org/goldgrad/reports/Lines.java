package org.goldgrad.reports;

import java.util.ArrayList;
import java.util.List;

/** Lines for a terminal. */
final class Lines {
    static final String INDENT = "  ";

    private static final int WIDTH = 100;

    private Lines() {}

    /** The words of a text in indented lines that fit the terminal. */
    static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            if (line.length() > 0 && INDENT.length() + line.length() + 1 + word.length() > WIDTH) {
                lines.add(INDENT + line);
                line.setLength(0);
                line.append(INDENT);
            } else if (line.length() > 0) {
                line.append(' ');
            }
            line.append(word);
        }
        lines.add(INDENT + line);
        return lines;
    }

    /** What comes from outside cannot move the cursor, colour the screen or turn its text around. */
    static String harmless(String line) {
        return line.replaceAll("[\\p{Cc}\\p{Cf}]", "?");
    }
}
