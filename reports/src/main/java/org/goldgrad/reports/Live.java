package org.goldgrad.reports;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.goldgrad.golden.adapter.Adapter;
import org.goldgrad.golden.adapter.Limits;
import org.goldgrad.golden.adapter.Unusable;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.dl4j.Dl4jImplementation;
import org.goldgrad.properties.nd4j.Nd4jImplementation;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Reference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which implementation is asked: one by name, or a live adapter within its limits. */
final class Live {
    private static final List<String> IMPLEMENTATIONS = List.of("nd4j", "dl4j", "reference");

    @Option(
            names = "--implementation",
            paramLabel = "NAME",
            description = "nd4j, dl4j, or reference: Goldgrad's own. Default: nd4j.")
    private @Nullable String implementation;

    @Option(
            names = "--adapter",
            paramLabel = "COMMAND",
            description = "A program that answers over a pipe, such as \"python3 my_adapter.py\""
                    + " (golden/adapters/README.md).")
    private @Nullable String adapter;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long an adapter may answer nothing before it is killed. Default: 30.")
    private @Nullable Double timeout;

    @Option(
            names = "--hello-timeout",
            paramLabel = "SECONDS",
            description = "How long an adapter may take until it says hello. Default: 20.")
    private @Nullable Double helloTimeout;

    @Option(
            names = "--max-line",
            paramLabel = "BYTES",
            description = "How long a line of an adapter may be. Default: 67108864.")
    private @Nullable Integer line;

    @Option(
            names = "--restarts",
            paramLabel = "N",
            description = "How often an adapter that dies is started again. Default: 10; for probe 1000.")
    private @Nullable Integer restarts;

    /**
     * The one that is asked; whoever asks closes it, if it can be closed.
     *
     * @param usual the limits of an adapter where no option says otherwise
     */
    Implementation open(Limits usual) {
        if (implementation != null && adapter != null) {
            throw new Refusal("--implementation and --adapter cannot be given together; say which one is to be judged");
        }
        if (adapter == null) {
            if (isLimited()) {
                throw new Refusal("--timeout, --hello-timeout, --max-line and --restarts are for --adapter");
            }
            return named(Objects.requireNonNullElse(implementation, "nd4j"));
        }
        try {
            return Adapter.start(adapter, limits(usual), Catalogue.operations());
        } catch (Unusable unusable) {
            throw new Refusal(Exit.UNUSABLE, "--adapter: " + unusable.getMessage());
        }
    }

    /** The option that names one, if any is given; limits count. */
    boolean isGiven() {
        return implementation != null || adapter != null || isLimited();
    }

    private boolean isLimited() {
        return timeout != null || helloTimeout != null || line != null || restarts != null;
    }

    /** What an implementation leaves to tell when all is done. */
    static void close(Implementation implementation, Shell shell) {
        if (implementation instanceof Adapter adapter) {
            adapter.close();
            adapter.notes().forEach(note -> shell.err().print("goldgrad: " + note + "\n"));
        }
    }

    private Limits limits(Limits usual) {
        int bytes = Objects.requireNonNullElse(line, usual.line());
        if (bytes < 1024 || bytes > 1 << 30) {
            throw new Refusal("--max-line must be from 1024 to 1073741824 bytes, not " + line);
        }
        int most = Objects.requireNonNullElse(restarts, usual.restarts());
        if (most < 0) {
            throw new Refusal("--restarts must be at least 0, not " + restarts);
        }
        return new Limits(
                seconds("--timeout", timeout, usual.answer()),
                seconds("--hello-timeout", helloTimeout, usual.hello()),
                bytes,
                most,
                usual.window());
    }

    private static Duration seconds(String option, @Nullable Double given, Duration usual) {
        if (given == null) {
            return usual;
        }
        if (!(given >= 0.001 && given <= 86_400)) {
            throw new Refusal(option + " must be from 0.001 to 86400 seconds, not " + given);
        }
        return Duration.ofMillis((long) (1000 * given));
    }

    private static Implementation named(String name) {
        try {
            return switch (name) {
                case "nd4j" -> new Nd4jImplementation();
                case "dl4j" -> new Dl4jImplementation();
                case "reference" -> new Reference();
                default ->
                    throw new Refusal("--implementation must be one of " + String.join(", ", IMPLEMENTATIONS) + ", not "
                            + name + Suggestions.among(IMPLEMENTATIONS, name));
            };
        } catch (LinkageError missing) {
            throw new Refusal(Exit.UNUSABLE, name + " cannot be started: " + missing);
        }
    }

    /** The options that choose the same one again, for a shell. */
    String options() {
        return adapter != null
                ? "--adapter " + quoted(adapter)
                : "--implementation " + Objects.requireNonNullElse(implementation, "nd4j");
    }

    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
