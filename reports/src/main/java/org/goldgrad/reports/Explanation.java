package org.goldgrad.reports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.operation.Argument;
import org.goldgrad.properties.operation.Claim;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Counterexample;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reference;

/** An operation, a claim, a mistake, a convention or a golden case, explained in lines of text. */
record Explanation(List<String> lines) {
    private static final String INDENT = "  ";
    private static final String[] SAMPLED = {
        "The answer is drawn at random, and follows from the seed: the same seed must give the same bits.",
        "A case is asked with its seed, with its seed again, with the next seed, and where the first look is suspicious with",
        "eight more. agrees: none of the exact tests finds anything that chance explains less than once in a million runs.",
        "What is expected of a case are the numbers of the law: sigma of a normal distribution, bound where it ends."
    };

    Explanation {
        lines = List.copyOf(lines);
    }

    static Explanation of(Operation operation, List<GoldenCase> cases) {
        List<String> lines = new ArrayList<>();
        lines.add(operation.id() + ": " + operation.title());
        lines.add("");
        indented(lines, operation.formula());
        lines.add("");
        lines.add("source: " + operation.source());
        part(lines, "inputs", operation.signature().inputs().stream().map(Explanation::argument));
        part(
                lines,
                "integers",
                operation.signature().counts().stream()
                        .map(count -> count.name() + ": " + count.range().description()));
        part(lines, "outputs", operation.signature().outputs().stream().map(Argument::toString));
        if (operation.sampled()) {
            part(lines, "judged by samples", Stream.of(SAMPLED));
        }
        part(
                lines,
                "intermediates that an adapter may tell, in the order of computation",
                operation.signature().intermediates().stream().map(Argument::toString));
        part(
                lines,
                "conventions, the default first",
                operation.conventions().stream().flatMap(Explanation::choices));
        part(
                lines,
                "mistakes that golden cases reject, and where they were seen",
                operation.mistakes().stream()
                        .filter(mistake -> mistake.thread().isPresent())
                        .flatMap(Explanation::sighting));
        part(
                lines,
                "other mistakes that golden cases reject",
                operation.mistakes().stream()
                        .filter(mistake -> mistake.thread().isEmpty())
                        .map(mistake -> mistake.id() + ": " + mistake.did()));
        part(
                lines,
                "claims",
                operation.claims().stream().map(claim -> status(claim) + "  " + claim.id() + ": " + claim.statement()));
        cases.stream().min(Comparator.comparingInt(Explanation::size)).ifPresent(smallest -> {
            lines.add("");
            lines.add("example, the smallest of " + Numbers.count(cases.size(), "golden case"));
            of(smallest).lines.forEach(line -> lines.add(INDENT + line));
        });
        return new Explanation(lines);
    }

    static Explanation of(Operation operation, Claim claim) {
        List<String> lines = new ArrayList<>();
        lines.add(claim.id() + ": a claim about " + operation.id() + " that "
                + (claim.status() == Claim.Status.HOLDS ? "holds" : "is refuted"));
        lines.add("");
        indented(lines, claim.statement());
        if (claim.status() == Claim.Status.REFUTED) {
            lines.add("");
            lines.add("what is true instead");
            indented(lines, claim.correction());
            Counterexample.of(claim, new Reference()).ifPresent(least -> {
                lines.add("");
                lines.add("the smallest counterexample found");
                indented(lines, least.toString());
            });
        }
        lines.add("");
        lines.add("source: " + claim.source());
        return new Explanation(lines);
    }

    static Explanation of(Operation operation, Mistake mistake, List<GoldenCase> cases) {
        List<String> lines = new ArrayList<>();
        lines.add(mistake.id() + ": a mistake in " + operation.id() + ": " + mistake.did());
        lines.add("");
        indented(lines, mistake.formula());
        if (mistake.rounded()) {
            lines.add("");
            lines.add("Right in exact arithmetic; rounding makes it wrong.");
        }
        part(lines, "seen in", mistake.source().stream());
        part(
                lines,
                "golden cases that reject it",
                cases.stream()
                        .filter(golden -> golden.kills().contains(mistake.id()))
                        .map(golden -> golden.id() + ": " + golden.title()));
        return new Explanation(lines);
    }

    static Explanation of(Convention convention, List<Operation> operations) {
        List<String> lines = new ArrayList<>();
        lines.add(convention.id() + ": " + convention.title());
        part(
                lines,
                "choices, the default first",
                convention.choices().entrySet().stream().map(choice -> choice.getKey() + ": " + choice.getValue()));
        part(lines, "operations", operations.stream().map(Operation::id));
        lines.add("");
        lines.add("source: " + convention.source());
        return new Explanation(lines);
    }

    static Explanation of(GoldenCase golden) {
        List<String> lines = new ArrayList<>();
        lines.add(golden.id() + ": " + golden.title());
        golden.inputs().arrays().forEach((name, array) -> lines.add(INDENT + name + " = " + array));
        golden.inputs().integers().forEach((name, value) -> lines.add(INDENT + name + " = " + value));
        golden.inputs().conventions().forEach((name, choice) -> lines.add(INDENT + name + ": " + choice));
        lines.add("expected");
        golden.expected().arrays().forEach((name, array) -> lines.add(INDENT + name + " = " + array));
        return new Explanation(lines);
    }

    private static Stream<String> choices(Convention convention) {
        return Stream.of(
                        Stream.of(convention.id() + ": " + convention.title()),
                        convention.choices().entrySet().stream()
                                .map(choice -> INDENT + choice.getKey() + ": " + choice.getValue()),
                        Stream.of(INDENT + "source: " + convention.source()))
                .flatMap(some -> some);
    }

    private static Stream<String> sighting(Mistake mistake) {
        return Stream.of(
                        Stream.of(mistake.id() + ": " + mistake.did(), INDENT + mistake.formula()),
                        mistake.source().stream().map(thread -> INDENT + thread))
                .flatMap(some -> some);
    }

    private static String argument(Argument argument) {
        return argument + ", " + argument.domain().description();
    }

    private static String status(Claim claim) {
        return String.format(Locale.ROOT, "%-7s", claim.status().name().toLowerCase(Locale.ROOT));
    }

    private static int size(GoldenCase golden) {
        return Stream.concat(golden.inputs().arrays().values().stream(), golden.expected().arrays().values().stream())
                .mapToInt(Array::size)
                .sum();
    }

    private static void part(List<String> lines, String heading, Stream<String> entries) {
        List<String> all = entries.toList();
        if (!all.isEmpty()) {
            lines.add("");
            lines.add(heading);
            all.forEach(entry -> lines.add(INDENT + entry));
        }
    }

    private static void indented(List<String> lines, String text) {
        text.lines().forEach(line -> lines.add((INDENT + line).stripTrailing()));
    }
}
