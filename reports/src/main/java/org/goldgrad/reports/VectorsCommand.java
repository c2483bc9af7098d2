package org.goldgrad.reports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.goldgrad.analytic.oracle.Certifier;
import org.goldgrad.golden.vectors.Corpus;
import org.goldgrad.golden.vectors.Generator;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.golden.vectors.Lint;
import org.goldgrad.golden.vectors.Separation;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Operation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code goldgrad vectors}: the golden files themselves. */
@Command(
        name = "vectors",
        description = "Generates and checks the golden files.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
final class VectorsCommand {
    private static final int SHOWN = 20;

    private final Shell shell;

    VectorsCommand(Shell shell) {
        this.shell = shell;
    }

    @Command(
            name = "generate",
            description = "Draws the questions, proves the answers and writes the golden files.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    int generate(
            @Option(names = "--output", paramLabel = "DIR", description = "Default: this project's golden/vectors.")
                    Optional<Path> output,
            @Mixin Chosen chosen) {
        Path folder = output.orElseGet(Corpus::folder);
        try {
            int operations = Generator.generate(chosen.among(Catalogue.operations()), folder, shell::progress)
                    .size();
            shell.endProgress();
            shell.say("golden files of " + Numbers.count(operations, "operation") + " are in " + folder);
        } catch (IOException unwritable) {
            throw new Refusal("the golden files cannot be written to " + folder + ": " + unwritable);
        }
        return Exit.CONFORMS.code();
    }

    @Command(
            name = "lint",
            description = "Says whether the golden cases reject every mistake and tell all of them apart.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    int lint() {
        Corpus corpus = Corpus.standard(Catalogue.operations());
        shell.progress("asking every mistake every question");
        Lint.Report report = Lint.of(corpus, Catalogue.operations());
        shell.endProgress();
        complain(report.errors());
        shell.say(Numbers.count(report.cases(), "case") + ", " + Numbers.count(report.mistakes(), "mistake") + ", "
                + Numbers.count(report.conventions(), "other convention") + ", " + report.separated() + " of "
                + Numbers.count(report.pairs(), "pair") + " separated, "
                + Numbers.count(report.survivors().size(), "survivor"));
        return (report.passes() ? Exit.CONFORMS : Exit.DIFFERS).code();
    }

    @Command(
            name = "verify",
            description =
                    "Reads every golden file strictly, checks its hash, and proves every answer again; says with how many"
                            + " bits, those of the longest fraction where no precision of balls suffices.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    int verify(@Mixin Chosen chosen) {
        List<Operation> operations = chosen.among(Catalogue.operations());
        Corpus corpus = Corpus.standard(operations);
        TextTable table = new TextTable(1, "operation", "cases", "proven", "bits that proved them");
        List<String> unproven = new ArrayList<>();
        int cases = 0;
        for (Operation operation : operations) {
            List<GoldenCase> all = corpus.cases(operation.id());
            int before = unproven.size();
            for (GoldenCase golden : all) {
                shell.progress("proving " + ++cases + " of " + corpus.cases().size() + ": " + golden.id());
                objection(operation, golden).ifPresent(unproven::add);
            }
            int proven = all.size() - (unproven.size() - before);
            table.row(List.of(operation.id(), "" + all.size(), "" + proven, bits(all)));
        }
        shell.endProgress();
        table.lines().forEach(shell::say);
        complain(unproven);
        shell.say(Numbers.count(cases, "case") + " read and their hashes checked; " + (cases - unproven.size())
                + " proven again, " + unproven.size() + " not");
        return (unproven.isEmpty() ? Exit.CONFORMS : Exit.DIFFERS).code();
    }

    @Command(
            name = "separation",
            description =
                    "Says how many golden cases tell any two answers apart: the right one, mistakes, other conventions.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    int separation(
            @Option(
                            names = "--csv",
                            paramLabel = "FILE",
                            description =
                                    "Writes the whole table: operation, conventions, one, other, cases, first case.")
                    Optional<Path> csv,
            @Mixin Chosen chosen) {
        List<Operation> operations = chosen.among(Catalogue.operations());
        Corpus corpus = Corpus.standard(operations);
        TextTable table =
                new TextTable(2, "operation", "conventions", "answers", "pairs", "told apart", "hardest pair");
        List<String> rows = new ArrayList<>(List.of(Separation.CSV_HEADER));
        boolean all = true;
        for (Operation operation : operations) {
            shell.progress("asking every mistake of " + operation.id() + " every question");
            for (Separation separation : Separation.of(operation, corpus.cases(operation.id()))) {
                all &= separation.told() == separation.pairs().size();
                String hardest = separation.hardest(1).stream()
                        .map(pair -> pair.one() + " | " + pair.other() + ": " + Numbers.count(pair.cases(), "case"))
                        .findFirst()
                        .orElse("");
                table.row(List.of(
                        separation.operation(),
                        separation.variant(),
                        "" + (separation.candidates() + 1),
                        "" + separation.pairs().size(),
                        "" + separation.told(),
                        hardest));
                rows.addAll(separation.csv());
            }
        }
        shell.endProgress();
        table.lines().forEach(shell::say);
        csv.ifPresent(file -> {
            try {
                Files.writeString(file, String.join("\n", rows) + "\n");
                shell.say("the table is in " + file);
            } catch (IOException unwritable) {
                throw new Refusal("the table cannot be written to " + file + ": " + unwritable);
            }
        });
        return (all ? Exit.CONFORMS : Exit.DIFFERS).code();
    }

    /** How many cases needed which precision: {@code 30 × 128, 3 × 256}. */
    private static String bits(List<GoldenCase> cases) {
        return cases.stream()
                .collect(Collectors.groupingBy(GoldenCase::bits, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(each -> each.getValue() + " × " + each.getKey())
                .collect(Collectors.joining(", "));
    }

    /** Why a case is not what the definition proves, if it is not. */
    private static Optional<String> objection(Operation operation, GoldenCase golden) {
        try {
            Certifier.Certificate certificate = Certifier.certify(operation.definition(), golden.inputs());
            return certificate.outputs().equals(golden.expected())
                            && certificate.intermediates().equals(golden.intermediates())
                    ? Optional.empty()
                    : Optional.of(golden.id() + ": another answer than this one is proven");
        } catch (Certifier.Uncertifiable uncertifiable) {
            return Optional.of(golden.id() + ": " + uncertifiable.getMessage());
        }
    }

    private void complain(List<String> complaints) {
        complaints.stream().limit(SHOWN).forEach(shell::say);
        if (complaints.size() > SHOWN) {
            shell.say("and " + (complaints.size() - SHOWN) + " more");
        }
    }
}
