package org.goldgrad.reports;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code goldgrad list}: what the catalogue holds. */
@Command(
        name = "list",
        description = "Lists what Goldgrad knows.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ListCommand implements Callable<Integer> {
    private final Shell shell;

    @Parameters(paramLabel = "KIND", converter = Kind.Converter.class, description = "One of ${COMPLETION-CANDIDATES}.")
    private Kind kind = Kind.OPERATIONS;

    @Option(names = "--json", description = "Everything known of each, as a JSON array.")
    private boolean json;

    ListCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        List<Map<String, Object>> rows = kind.rows();
        if (json) {
            shell.out().print(Json.of(rows));
        } else {
            table(rows).lines().forEach(shell::say);
        }
        return Exit.CONFORMS.code();
    }

    /** The columns that fit a line: ids, counts and one sentence. */
    private TextTable table(List<Map<String, Object>> rows) {
        String[] columns = switch (kind) {
            case OPERATIONS -> new String[] {"id", "title", "mistakes", "claims"};
            case CLAIMS -> new String[] {"id", "operation", "status", "statement"};
            case MISTAKES -> new String[] {"id", "operation", "did"};
            case CONVENTIONS -> new String[] {"id", "choices", "title"};
        };
        TextTable table = new TextTable(kind == Kind.OPERATIONS ? 2 : columns.length, columns);
        for (Map<String, Object> row : rows) {
            table.row(Arrays.stream(columns)
                    .map(column -> cell(row.getOrDefault(column, "")))
                    .toList());
        }
        return table;
    }

    private static String cell(Object value) {
        return value instanceof Map<?, ?> choices
                ? String.join(
                        " | ", choices.keySet().stream().map(String::valueOf).toList())
                : String.valueOf(value);
    }
}
