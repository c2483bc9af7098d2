package org.goldgrad.reports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.goldgrad.golden.judge.CaseResult;
import org.goldgrad.golden.judge.Examiner;
import org.goldgrad.golden.judge.OperationResult;
import org.goldgrad.golden.judge.Progress;
import org.goldgrad.golden.judge.Run;
import org.goldgrad.golden.judge.RunLog;
import org.goldgrad.golden.judge.Verdict;
import org.goldgrad.golden.vectors.Corpus;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code goldgrad check}: judges an implementation by the golden cases, and writes the report. */
@Command(
        name = "check",
        description = "Judges an implementation by the golden cases, and writes a report.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class CheckCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private Judged judged = new Judged();

    @Mixin
    private Chosen chosen = new Chosen();

    @Option(
            names = "--vectors",
            paramLabel = "DIR",
            description = "Judge by the cases that probe --save kept in this folder, and by no others.")
    private Optional<Path> vectors = Optional.empty();

    @Option(
            names = "--report",
            paramLabel = "DIR",
            defaultValue = "goldgrad-report",
            description = "The folder for report.html, report.json and run.jsonl. Default: ${DEFAULT-VALUE}.")
    private Path report = Path.of("goldgrad-report");

    @Option(names = "--json", description = "Print report.json instead of the table.")
    private boolean json;

    @Option(names = "--quiet", description = "Print only the verdict.")
    private boolean quiet;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Where the run log goes. Default: run.jsonl in the folder of the report.")
    private Optional<Path> log = Optional.empty();

    @Option(names = "--resume", description = "Goes on where the run log ends, if the run before was interrupted.")
    private boolean resume;

    CheckCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        List<Operation> meant = chosen.among(Catalogue.operations());
        Optional<Corpus> all = judged.isFile() ? Optional.of(corpus(Catalogue.operations())) : Optional.empty();
        Implementation implementation = judged.open(all);
        try {
            Corpus corpus = all.orElseGet(() -> corpus(meant));
            List<Operation> operations = vectors.isEmpty() ? meant : chosen.among(there(corpus));
            ReportFolder folder = ReportFolder.prepare(report);
            Run run = examine(implementation, operations, corpus, log.orElse(folder.log()));
            shell.endProgress();
            folder.write(run, new Page(run, implementation, operations, corpus.cases()));
            print(run, folder);
            return Summary.of(run).exit().code();
        } finally {
            Live.close(implementation, shell);
        }
    }

    private Corpus corpus(List<Operation> operations) {
        return vectors.map(folder -> Corpus.some(folder, Catalogue.operations()))
                .orElseGet(() -> Corpus.standard(operations));
    }

    private static List<Operation> there(Corpus corpus) {
        return Catalogue.operations().stream()
                .filter(operation -> !corpus.cases(operation.id()).isEmpty())
                .toList();
    }

    private Run examine(Implementation implementation, List<Operation> operations, Corpus corpus, Path path) {
        try (RunLog lines = resume ? RunLog.resume(path) : RunLog.create(path)) {
            requireFit(path, lines.known(), operations);
            return new Examiner(implementation, lines.and(new Watch(shell)))
                    .examine(
                            operations,
                            operation -> corpus.cases(operation.id()),
                            corpus.hash(),
                            lines.known(),
                            Map.of("options", options()));
        } catch (IOException unusable) {
            throw new Refusal(String.valueOf(unusable.getMessage()));
        } catch (UncheckedIOException unusable) {
            throw new Refusal(
                    String.valueOf(Objects.requireNonNull(unusable.getCause()).getMessage()));
        }
    }

    /** The options that judge the same one by the same cases again, for a shell. */
    private String options() {
        return judged.options()
                + vectors.map(folder -> " --vectors " + Live.quoted(folder.toString()))
                        .orElse("");
    }

    /** What a log holds already must be the beginning of this run. */
    private static void requireFit(Path path, List<OperationResult> known, List<Operation> operations) {
        List<String> before = known.stream().map(OperationResult::operation).toList();
        List<String> now = operations.stream().map(Operation::id).toList();
        if (before.size() > now.size() || !now.subList(0, before.size()).equals(before)) {
            throw new Refusal("the run log " + path + " is of other operations: " + String.join(", ", before)
                    + "; give the same --operations, or run without --resume");
        }
    }

    private void print(Run run, ReportFolder folder) {
        if (json) {
            shell.out().print(Json.of(new RunJson(run).document()));
        } else if (quiet) {
            shell.say(Summary.of(run).sentence());
        } else {
            new TerminalReport(run).lines().forEach(shell::say);
            shell.say("Report: " + folder.page());
        }
    }

    /** One line that says how far the run is. */
    private static final class Watch implements Progress {
        private final Shell shell;
        private int cases;
        private int judged;
        private int wrong;

        Watch(Shell shell) {
            this.shell = shell;
        }

        @Override
        public void begins(Map<String, String> header, int all) {
            cases = all;
        }

        @Override
        public void judged(CaseResult result) {
            judged++;
            wrong += result.verdict() instanceof Verdict.Differs || result.verdict() instanceof Verdict.Crashed ? 1 : 0;
            shell.progress(String.format(
                    Locale.ROOT, "%d of %d cases, %d wrong: %s", judged, cases, wrong, result.operation()));
        }
    }
}
