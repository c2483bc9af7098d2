package org.goldgrad.golden.vectors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.oracle.Certifier;
import org.goldgrad.properties.operation.Operation;

/** A golden case that a search ended with, and a folder that keeps such cases. */
public final class FoundCase {
    private static final int DIGITS = 8;
    private static final String PROVENANCE =
            "found by goldgrad probe and made as small as it goes; choices are what was drawn";

    private FoundCase() {}

    /**
     * The question with its proven answer; the same question has always the same id: {@code recurrent.lstm/ifgo-found-3fa9c1d2}.
     *
     * @param choices what it is drawn by
     * @throws Certifier.Uncertifiable if the answer cannot be proven
     */
    public static GoldenCase of(Operation operation, Inputs inputs, List<Integer> choices) {
        Lineup lineup = new Lineup(operation, inputs.conventions());
        BitSet told = lineup.at(inputs).tells();
        String hash = Sha256.hex(inputs.toString()).substring(0, DIGITS);
        String id = new Draws(operation, inputs.conventions()).id("found " + hash);
        return Proof.of(operation, inputs).asCase(id, "found by a search", choices, lineup, told);
    }

    /**
     * Adds cases to those that a folder holds already, which is made if need be; says how many are new.
     *
     * @throws CorpusException if the folder holds something else, or a file in it is not as it was written
     */
    public static int keep(Path folder, List<GoldenCase> found, List<Operation> operations) throws IOException {
        if (Files.exists(folder) && !Checksums.files(folder).isEmpty()) {
            Corpus.load(folder); // before anything is touched
        }
        int added = 0;
        for (Operation operation : operations) {
            Path file = folder.resolve(VectorFile.place(operation.id()));
            List<GoldenCase> cases =
                    new ArrayList<>(Files.exists(file) ? VectorFile.read(file).cases() : List.of());
            int before = cases.size();
            for (GoldenCase golden : found) {
                if (golden.operation().equals(operation.id())
                        && cases.stream().noneMatch(kept -> kept.id().equals(golden.id()))) {
                    cases.add(golden);
                }
            }
            if (cases.size() > before) {
                VectorFile.write(folder, operation, cases, PROVENANCE);
                added += cases.size() - before;
            }
        }
        if (added > 0) {
            Files.writeString(folder.resolve(Codec.PLACE), Codec.text());
            Checksums.write(folder);
        }
        return added;
    }
}
