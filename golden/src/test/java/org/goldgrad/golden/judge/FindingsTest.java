package org.goldgrad.golden.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.goldgrad.properties.operation.Implementation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingsTest {
    private static final Run RIGHT = run(Steps.computing(Steps.MOMENTUM.definition()));
    private static final Run DAMPED = run(Steps.computing(Steps.DAMPS.wrong()));
    private static final Run CRASHING = run(Steps.answering(Map.of(), (operation, inputs) -> {
        throw new IllegalStateException("native");
    }));

    @TempDir
    Path home;

    private Path file;

    @BeforeEach
    void folder() throws IOException {
        Files.createDirectories(home.resolve("golden/findings"));
        file = home.resolve("golden/findings/fake.json");
    }

    private static Run run(Implementation implementation) {
        return Steps.run(implementation, new Progress() {});
    }

    private Findings listing(String... entries) throws IOException {
        Files.writeString(file, "{\"implementation\":\"fake\",\"findings\":[" + String.join(",", entries) + "]}");
        return Findings.read(home, "fake");
    }

    private static String entry(Run run, Findings.Kind kind) {
        OperationResult result = run.operations().get(0);
        return Findings.entry(result, kind, result.cases());
    }

    @Test
    void an_implementation_without_a_file_has_no_findings() throws IOException {
        assertTrue(Findings.read(home, "fake").compare(RIGHT).agrees());
        assertEquals(1, Findings.read(home, "fake").compare(CRASHING).unlisted().size());
    }

    @Test
    void what_is_not_listed_fails_with_the_entry_to_add() throws IOException {
        Findings.Drift drift = listing().compare(DAMPED);
        assertEquals(1, drift.unlisted().size());
        String text = drift.unlisted().get(0);
        assertTrue(
                text.startsWith("fake differs on 6 cases of optimization.momentum that " + file + " does not list: "),
                text);
        assertTrue(text.contains("It damps the gradient (damps)"), text);
        assertTrue(text.endsWith(entry(DAMPED, Findings.Kind.DIFFERS)), text);
        assertTrue(listing(entry(DAMPED, Findings.Kind.DIFFERS)).compare(DAMPED).agrees());
        assertTrue(listing(entry(CRASHING, Findings.Kind.CRASHED))
                .compare(CRASHING)
                .agrees());
    }

    @Test
    void what_is_listed_and_no_longer_shows_fails_with_the_remedy() throws IOException {
        Findings.Drift drift = listing(entry(DAMPED, Findings.Kind.DIFFERS)).compare(RIGHT);
        assertTrue(drift.unlisted().isEmpty());
        assertEquals(1, drift.vanished().size());
        String text = drift.toString();
        assertTrue(text.contains("no longer shows on optimization.momentum/inside-001, "), text);
        assertTrue(text.contains("remove the finding"), text);
    }

    @Test
    void a_finding_that_shows_in_another_way_fails_both_ways() throws IOException {
        Findings.Drift drift = listing(entry(DAMPED, Findings.Kind.DIFFERS)).compare(CRASHING);
        assertEquals(1, drift.unlisted().size());
        assertEquals(1, drift.vanished().size());
    }

    @Test
    void a_finding_with_another_diagnosis_fails() throws IOException {
        Findings findings = listing(entry(DAMPED, Findings.Kind.DIFFERS).replace("\"damps\"", "\"ascends\""));
        assertTrue(findings.compare(DAMPED).toString().contains("with the diagnosis ascends, and the run's is damps"));
    }

    @Test
    void a_finding_of_lost_digits_lists_cases_that_differ() throws IOException {
        String imprecise = entry(DAMPED, Findings.Kind.DIFFERS).replace("\"differs\"", "\"imprecise\"");
        assertTrue(listing(imprecise).compare(DAMPED).agrees());
    }

    @Test
    void a_file_that_is_not_as_written_is_refused_by_name() {
        for (String broken : List.of(
                "{\"operation\":\"x\"}",
                entry(DAMPED, Findings.Kind.DIFFERS).replace("\"differs\"", "\"odd\""),
                entry(DAMPED, Findings.Kind.DIFFERS).replace("\"title\"", "\"titel\""))) {
            IOException refusal = assertThrows(IOException.class, () -> listing(broken));
            assertTrue(refusal.toString().contains(file + ": "), refusal.toString());
        }
    }
}
