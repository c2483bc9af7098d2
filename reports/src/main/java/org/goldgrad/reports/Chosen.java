package org.goldgrad.reports;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.properties.operation.Operation;
import picocli.CommandLine.Option;

/** The option that says which operations are meant. */
final class Chosen {
    @Option(
            names = "--operations",
            paramLabel = "GLOB",
            split = ",",
            description = "Only operations of these ids, such as recurrent.* (several: repeat it, or use commas).")
    private List<String> globs = new ArrayList<>();

    /** Those meant among these, in their order; all if the option is not given. */
    List<Operation> among(List<Operation> operations) {
        return new Globs(globs).among(operations);
    }
}
