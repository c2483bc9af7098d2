package org.goldgrad.reports;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.goldgrad.golden.sampling.Simulation;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Operation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code goldgrad samplers}: shows by simulation what the judge of samples is worth. */
@Command(
        name = "samplers",
        description =
                "Judges seeded runs of samplers that are known to be right or wrong, and says how many it accuses:"
                        + " none of the right ones, and all of the others.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class SamplersCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private Chosen chosen = new Chosen();

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many runs of each sampler, with samples of 4,096. Default: ${DEFAULT-VALUE}.")
    private int runs = 1000;

    SamplersCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (runs < 1 || runs > Simulation.MOST) {
            throw new Refusal("--runs must be from 1 to " + Simulation.MOST + ", not " + runs);
        }
        List<Operation> operations = chosen.among(Catalogue.operations()).stream()
                .filter(Operation::sampled)
                .toList();
        if (operations.isEmpty()) {
            throw new Refusal("--operations must name one whose answer is drawn at random: initialization.gaussian");
        }
        List<Simulation.Sampler> samplers = Simulation.samplers(operations);
        TextTable table = new TextTable(1, "sampler", "is", "runs", "accused", "second looks");
        long start = System.nanoTime();
        int done = 0;
        boolean holds = true;
        for (Simulation.Sampler sampler : samplers) {
            shell.progress(++done + " of " + samplers.size() + " samplers: " + sampler.name());
            Simulation.Tally tally = Simulation.run(sampler, runs);
            holds &= tally.holds();
            table.row(List.of(
                    sampler.name(),
                    sampler.right() ? "right" : "wrong",
                    "" + tally.runs(),
                    "" + tally.accused(),
                    Numbers.orDot(tally.second())));
        }
        shell.endProgress();
        table.lines().forEach(shell::say);
        shell.say(String.format(
                Locale.ROOT,
                "%s; %d runs in %.0f s",
                holds ? "No right sampler was ever accused, and every wrong one always" : "The judge was wrong",
                (long) runs * samplers.size(),
                (System.nanoTime() - start) * 1e-9));
        return (holds ? Exit.CONFORMS : Exit.DIFFERS).code();
    }
}
