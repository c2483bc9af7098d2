package org.goldgrad.reports;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.goldgrad.golden.adapter.Limits;
import org.goldgrad.golden.probe.Finding;
import org.goldgrad.golden.probe.Probe;
import org.goldgrad.golden.probe.Probed;
import org.goldgrad.golden.vectors.FoundCase;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code goldgrad probe}: searches for what an implementation gets wrong, and shows the smallest of it. */
@Command(
        name = "probe",
        description =
                "Draws questions until an implementation answers one wrongly, and shows the smallest such question.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ProbeCommand implements Callable<Integer> {
    private static final Pattern TIME = Pattern.compile("(\\d{1,6})(ms|s|m|h)?");
    private static final int MOST_TRIES = 10_000_000;

    private final Shell shell;

    @Mixin
    private Live live = new Live();

    @Mixin
    private Chosen chosen = new Chosen();

    @Option(
            names = "--tries",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Questions for each operation; each of its claims is tried a tenth as often."
                    + " Default: ${DEFAULT-VALUE}.")
    private int tries = 1000;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Decides what is drawn; another one draws other questions. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "When to stop, such as 90s, 5m or 1h. Default: ${DEFAULT-VALUE}.")
    private String time = "60s";

    @Option(
            names = "--save",
            paramLabel = "DIR",
            description = "Keeps the smallest questions as golden cases in this folder, for: check --vectors DIR.")
    private Optional<Path> save = Optional.empty();

    @Option(names = "--json", description = "Print JSON instead of the table.")
    private boolean json;

    ProbeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (tries < 1 || tries > MOST_TRIES) {
            throw new Refusal("--tries must be from 1 to " + MOST_TRIES + ", not " + tries);
        }
        Duration limit = duration();
        List<Operation> operations = chosen.among(Catalogue.operations());
        Implementation implementation = live.open(Limits.PROBING);
        try {
            Probe probe = new Probe(implementation, tries, seed, limit);
            List<Probed> probed = probe.run(
                    operations,
                    (operation, tried, failed) -> shell.progress(
                            operation + ": " + Numbers.count(tried, "question") + ", " + failed + " answered wrongly"));
            shell.endProgress();
            ProbeReport report = new ProbeReport(implementation, probe, probed, live.options());
            if (json) {
                shell.out().print(Json.of(report.document()));
            } else {
                report.lines().forEach(shell::say);
            }
            save.ifPresent(folder -> keep(folder, probed));
            return report.exit().code();
        } finally {
            Live.close(implementation, shell);
        }
    }

    private Duration duration() {
        Matcher matcher = TIME.matcher(time.strip());
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw new Refusal(
                    "--time must be a number of seconds above 0, or such as 500ms, 90s, 5m or 1h, not " + time);
        }
        long n = Long.parseLong(matcher.group(1));
        return switch (String.valueOf(matcher.group(2))) {
            case "ms" -> Duration.ofMillis(n);
            case "m" -> Duration.ofMinutes(n);
            case "h" -> Duration.ofHours(n);
            default -> Duration.ofSeconds(n);
        };
    }

    private void keep(Path folder, List<Probed> probed) {
        List<GoldenCase> found = probed.stream()
                .flatMap(one -> one.findings().stream())
                .map(Finding::proven)
                .flatMap(Optional::stream)
                .toList();
        try {
            int added = FoundCase.keep(folder, found, Catalogue.operations());
            shell.err()
                    .print("goldgrad: " + Numbers.count(added, "new case") + " in " + folder + " (of "
                            + found.size() + " found); judge by them with: ./goldgrad check "
                            + live.options() + " --vectors " + folder + "\n");
        } catch (IOException unwritable) {
            throw new Refusal("--save " + folder + " cannot be written: " + unwritable.getMessage());
        }
    }
}
