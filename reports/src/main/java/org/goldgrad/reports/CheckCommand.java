package org.goldgrad.reports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.goldgrad.golden.judge.CaseResult;
import org.goldgrad.golden.judge.Examiner;
import org.goldgrad.golden.judge.Progress;
import org.goldgrad.golden.judge.Run;
import org.goldgrad.golden.judge.RunLog;
import org.goldgrad.golden.judge.Verdict;
import org.goldgrad.golden.vectors.Corpus;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.nd4j.Nd4jImplementation;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code goldgrad check}: judges an implementation by the golden cases, and writes the report. */
@Command(
        name = "check",
        description = "Judges an implementation by the golden cases, and writes a report.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class CheckCommand implements Callable<Integer> {
    private static final List<String> IMPLEMENTATIONS = List.of("nd4j", "reference");

    private final Shell shell;

    @Option(
            names = "--implementation",
            paramLabel = "NAME",
            defaultValue = "nd4j",
            description = "nd4j, or reference: Goldgrad's own. Default: ${DEFAULT-VALUE}.")
    private String implementation = "nd4j";

    @Option(
            names = "--operations",
            paramLabel = "GLOB",
            split = ",",
            description = "Only operations of these ids, such as recurrent.* (several: repeat it, or use commas).")
    private List<String> globs = new ArrayList<>();

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

    @Option(names = "--adapter", paramLabel = "COMMAND", description = "Not in this version.")
    private String adapter = "";

    CheckCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (!adapter.isEmpty()) {
            throw new Refusal("--adapter comes with a later version; for now implement "
                    + "org.goldgrad.properties.operation.Implementation in Java (README.md shows how)");
        }
        Implementation judged = implementation();
        List<Operation> operations = new Globs(globs).among(Catalogue.operations());
        Corpus corpus = Corpus.standard(Catalogue.operations());
        ReportFolder folder = ReportFolder.prepare(report);
        Run run = examine(judged, operations, corpus, folder);
        shell.endProgress();
        folder.write(run, new Page(run, judged, operations, corpus.cases()));
        print(run, folder);
        return Summary.of(run).exit().code();
    }

    private Run examine(Implementation judged, List<Operation> operations, Corpus corpus, ReportFolder folder) {
        try (RunLog log = RunLog.create(folder.log())) {
            return new Examiner(judged, log.and(new Watch(shell)))
                    .examine(operations, operation -> corpus.cases(operation.id()), corpus.hash());
        } catch (IOException | UncheckedIOException unwritable) {
            throw new Refusal(String.valueOf(unwritable.getMessage()));
        }
    }

    private Implementation implementation() {
        try {
            return switch (implementation) {
                case "nd4j" -> new Nd4jImplementation();
                case "reference" -> new Reference();
                default ->
                    throw new Refusal("--implementation must be one of " + String.join(", ", IMPLEMENTATIONS) + ", not "
                            + implementation + Suggestions.among(IMPLEMENTATIONS, implementation));
            };
        } catch (LinkageError missing) {
            throw new Refusal(Exit.UNUSABLE, implementation + " cannot be started: " + missing);
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
