package org.goldgrad.reports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.goldgrad.golden.vectors.Corpus;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Operation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code goldgrad explain}: everything about one thing. */
@Command(
        name = "explain",
        description = "Explains an operation, a claim, a mistake, a convention or a golden case.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ExplainCommand implements Callable<Integer> {
    private final Shell shell;

    @Parameters(paramLabel = "ID", description = "What ./goldgrad list or a report calls it.")
    private String id = "";

    ExplainCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        List<Explanation> found = Stream.of(operations(), claims(), mistakes(), conventions(), cases())
                .flatMap(kind -> kind)
                .toList();
        if (found.isEmpty()) {
            throw new Refusal("nothing is called " + id + Suggestions.among(known(), id)
                    + " (./goldgrad list operations, claims, mistakes or conventions names them all)");
        }
        List<String> lines = new ArrayList<>();
        for (Explanation explanation : found) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(explanation.lines());
        }
        lines.forEach(shell::say);
        return Exit.CONFORMS.code();
    }

    private Stream<Explanation> operations() {
        return Catalogue.operations().stream()
                .filter(operation -> operation.id().equals(id))
                .map(operation -> Explanation.of(operation, golden(operation)));
    }

    private Stream<Explanation> claims() {
        return Catalogue.operations().stream()
                .flatMap(operation -> operation.claims().stream()
                        .filter(claim -> claim.id().equals(id))
                        .map(claim -> Explanation.of(operation, claim)));
    }

    private Stream<Explanation> mistakes() {
        return Catalogue.operations().stream()
                .flatMap(operation -> operation.mistakes().stream()
                        .filter(mistake -> mistake.id().equals(id))
                        .map(mistake -> Explanation.of(operation, mistake, golden(operation))));
    }

    private Stream<Explanation> conventions() {
        return Catalogue.operations().stream()
                .flatMap(operation -> operation.conventions().stream())
                .filter(convention -> convention.id().equals(id))
                .distinct()
                .map(convention -> Explanation.of(convention, following(convention)));
    }

    private static List<Operation> following(Convention convention) {
        return Catalogue.operations().stream()
                .filter(operation -> operation.conventions().contains(convention))
                .toList();
    }

    /** A case's id begins with its operation's. */
    private Stream<Explanation> cases() {
        return Catalogue.operations().stream()
                .filter(operation -> id.startsWith(operation.id() + "/"))
                .flatMap(operation -> golden(operation).stream())
                .filter(golden -> golden.id().equals(id))
                .map(Explanation::of);
    }

    private static List<GoldenCase> golden(Operation operation) {
        return Corpus.standard(List.of(operation)).cases(operation.id());
    }

    private static List<String> known() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> kind.rows().stream())
                .map((Map<String, Object> row) -> String.valueOf(row.get("id")))
                .toList();
    }
}
