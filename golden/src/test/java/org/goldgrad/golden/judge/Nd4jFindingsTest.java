package org.goldgrad.golden.judge;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.goldgrad.golden.vectors.Corpus;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.nd4j.Nd4jImplementation;
import org.goldgrad.properties.operation.Reference;
import org.junit.jupiter.api.Test;

/** The main job on real implementations: nothing new goes wrong, and nothing listed comes right unnoticed. */
class Nd4jFindingsTest {
    /** Tests run in the module's folder. */
    private static final Path HOME =
            Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());

    private static final Corpus CORPUS = Corpus.load(HOME.resolve("golden").resolve("vectors"), Catalogue.operations());

    @Test
    void nd4j_is_wrong_exactly_where_the_findings_say() throws IOException {
        Run run = new Examiner(new Nd4jImplementation(), new Progress() {})
                .examine(Catalogue.operations(), operation -> CORPUS.cases(operation.id()), CORPUS.hash());
        Findings.Drift drift = Findings.read(HOME, "nd4j").compare(run);
        assertTrue(drift.agrees(), drift::toString);
    }

    @Test
    void the_reference_is_wrong_nowhere() throws IOException {
        Run run = new Examiner(new Reference(), new Progress() {})
                .examine(Catalogue.operations(), operation -> CORPUS.cases(operation.id()), CORPUS.hash());
        Findings.Drift drift = Findings.read(HOME, "reference").compare(run);
        assertTrue(run.conforms() && drift.agrees(), drift::toString);
    }
}
