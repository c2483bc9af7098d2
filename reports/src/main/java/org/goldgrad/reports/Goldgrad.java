package org.goldgrad.reports;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.goldgrad.golden.vectors.CorpusException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. */
@Command(
        name = "goldgrad",
        description = "Tells whether an implementation of deep-learning mathematics is right, by how many digits, and, "
                + "when it is wrong, which mistake it made.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  it conforms, or the command did what it should",
            "  1  it does not conform: something differs, crashes or survives",
            "  2  the implementation cannot be used",
            "  3  the command or the golden files are wrong, or Goldgrad is"
        })
public final class Goldgrad {
    private Goldgrad() {}

    /** Runs one command and ends the JVM, which an implementation's own threads might keep alive. */
    public static void main(String[] arguments) {
        PrintStream out = stream(FileDescriptor.out);
        PrintStream err = stream(FileDescriptor.err);
        int code = run(new Shell(out, err, isTerminal()), arguments);
        out.flush();
        err.flush();
        System.exit(code);
    }

    /** Runs one command and gives its exit code; nobody watches, so it shows no progress. */
    static int run(String[] arguments, PrintStream out, PrintStream err) {
        return run(new Shell(out, err, false), arguments);
    }

    private static int run(Shell shell, String... arguments) {
        return commands(shell).execute(arguments);
    }

    private static CommandLine commands(Shell shell) {
        CommandLine commands = new CommandLine(new Goldgrad())
                .addSubcommand(new CheckCommand(shell))
                .addSubcommand(new ProbeCommand(shell))
                .addSubcommand(new SamplersCommand(shell))
                .addSubcommand(new ExportCommand(shell))
                .addSubcommand(new ListCommand(shell))
                .addSubcommand(new ExplainCommand(shell))
                .addSubcommand(new VectorsCommand(shell))
                .addSubcommand(new AutoComplete.GenerateCompletion());
        return commands.setOut(writer(shell.out()))
                .setErr(writer(shell.err()))
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler((mistyped, arguments) -> mistyped(shell, mistyped))
                .setExecutionExceptionHandler((failure, command, result) -> failed(shell, failure));
    }

    private static int mistyped(Shell shell, ParameterException mistyped) {
        CommandSpec command = mistyped.getCommandLine().getCommandSpec();
        String problem = mistyped instanceof UnmatchedArgumentException unmatched
                ? unknown(unmatched.getUnmatched().get(0), command)
                : String.valueOf(mistyped.getMessage()).lines().findFirst().orElse("");
        shell.err()
                .print(command.qualifiedName() + ": " + problem + "\n  ./" + command.qualifiedName()
                        + " --help says what there is\n");
        return Exit.REFUSED.code();
    }

    private static String unknown(String typed, CommandSpec command) {
        boolean option = typed.startsWith("-");
        Set<String> known =
                option ? command.optionsMap().keySet() : command.subcommands().keySet();
        String what = option ? "unknown option " : known.isEmpty() ? "unexpected argument " : "unknown command ";
        return what + typed + Suggestions.among(known, typed);
    }

    private static int failed(Shell shell, Exception failure) {
        shell.endProgress();
        if (failure instanceof Refusal refusal) {
            shell.err().print("goldgrad: " + refusal.getMessage() + "\n");
            return refusal.exit().code();
        }
        if (failure instanceof CorpusException unusable) {
            shell.err().print("goldgrad: " + unusable.getMessage() + "\n");
            return Exit.REFUSED.code();
        }
        // picocli wraps errors, but not exceptions.
        Throwable cause = failure.getCause();
        return broken(shell, failure instanceof CommandLine.ExecutionException && cause != null ? cause : failure);
    }

    /** A fault of Goldgrad's: one line, and a file with everything that helps to mend it. */
    private static int broken(Shell shell, Throwable fault) {
        shell.endProgress();
        shell.err().print("goldgrad: a fault in Goldgrad itself: " + fault + "; " + trace(fault) + "\n");
        return Exit.REFUSED.code();
    }

    private static String trace(Throwable fault) {
        try {
            Path file = Files.createTempFile("goldgrad-", ".trace");
            try (PrintStream stream = new PrintStream(file.toFile(), StandardCharsets.UTF_8)) {
                fault.printStackTrace(stream);
            }
            return "its trace is in " + file;
        } catch (IOException unwritable) {
            return "its trace cannot be written: " + unwritable.getMessage();
        }
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** Whether standard error is a terminal: the launcher knows; else Linux tells. */
    private static boolean isTerminal() {
        if (Boolean.getBoolean("goldgrad.terminal")) {
            return true;
        }
        try {
            String device = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }
}
