package org.goldgrad.reports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.goldgrad.golden.adapter.Requests;
import org.goldgrad.golden.vectors.Corpus;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Operation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code goldgrad export}: the questions in a file, to be answered where Goldgrad is not. */
@Command(
        name = "export",
        description = "Writes the questions of the golden cases, one a line, to be answered where Goldgrad is not.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ExportCommand implements Callable<Integer> {
    private final Shell shell;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "The file, which is replaced; - for standard output.")
    private Path output = Path.of("");

    @Mixin
    private Chosen chosen = new Chosen();

    ExportCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        List<Operation> operations = chosen.among(Catalogue.operations());
        Corpus corpus = Corpus.standard(operations);
        List<String> lines = Requests.lines(operations, operation -> corpus.cases(operation.id()));
        if (output.toString().equals("-")) {
            lines.forEach(shell::say);
            return Exit.CONFORMS.code();
        }
        try {
            Files.writeString(output, String.join("\n", lines) + "\n");
        } catch (NoSuchFileException missing) {
            throw new Refusal("--output " + output + " cannot be written: its folder does not exist");
        } catch (IOException unwritable) {
            throw new Refusal("--output " + output + " cannot be written: " + unwritable.getMessage());
        }
        shell.say(Numbers.count(lines.size() - 1, "question") + " in " + output
                + "; judge the answers with: ./goldgrad check --requests " + output + " --answers FILE");
        return Exit.CONFORMS.code();
    }
}
