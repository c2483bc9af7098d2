package org.goldgrad.golden.judge;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.goldgrad.golden.vectors.Corpus;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.dl4j.Dl4jImplementation;
import org.goldgrad.properties.nd4j.Nd4jImplementation;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The main job on real implementations: nothing new goes wrong, and nothing listed comes right unnoticed. */
class KnownFindingsTest {
    /** Tests run in the module's folder. */
    private static final Path HOME =
            Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());

    private static final Corpus CORPUS = Corpus.load(HOME.resolve("golden").resolve("vectors"), Catalogue.operations());

    static Stream<Implementation> bundled() {
        return Stream.of(new Nd4jImplementation(), new Dl4jImplementation());
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void a_framework_is_wrong_exactly_where_its_findings_say(Implementation framework) throws IOException {
        Findings.Drift drift = Findings.read(HOME, framework.name()).compare(run(framework));
        assertTrue(drift.agrees(), drift::toString);
    }

    @Test
    void the_reference_is_wrong_nowhere() throws IOException {
        Run run = run(new Reference());
        Findings.Drift drift = Findings.read(HOME, "reference").compare(run);
        assertTrue(run.conforms() && drift.agrees(), drift::toString);
    }

    private static Run run(Implementation implementation) {
        return new Examiner(implementation, new Progress() {})
                .examine(Catalogue.operations(), operation -> CORPUS.cases(operation.id()), CORPUS.hash());
    }
}
