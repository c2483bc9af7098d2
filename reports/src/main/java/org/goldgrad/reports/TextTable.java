package org.goldgrad.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table for terminals: the first columns to the left, numbers to the right, closer together, and no line longer than it
 * must be.
 */
final class TextTable {
    private final int textColumns;
    private final List<List<String>> rows = new ArrayList<>();

    /** A table whose first columns hold text, under a heading. */
    TextTable(int textColumns, String... heading) {
        this.textColumns = textColumns;
        rows.add(List.of(heading));
    }

    void row(List<String> cells) {
        rows.add(List.copyOf(cells));
    }

    /** All rows, the heading underlined. */
    List<String> lines() {
        int columns = rows.get(0).size();
        int[] widths = IntStream.range(0, columns)
                .map(column -> rows.stream()
                        .mapToInt(row -> length(row.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String blanks = " ".repeat(widths[column] - length(row.get(column)));
                line.append(" ".repeat(gap(column)))
                        .append(column < textColumns ? row.get(column) + blanks : blanks + row.get(column));
            }
            lines.add(line.toString().stripTrailing());
        }
        int gaps = IntStream.range(0, columns).map(this::gap).sum();
        lines.add(1, "─".repeat(IntStream.of(widths).sum() + gaps));
        return lines;
    }

    /** The blanks before a column: two set texts apart, one is enough between numbers. */
    private int gap(int column) {
        return column == 0 ? 0 : column <= textColumns ? 2 : 1;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
