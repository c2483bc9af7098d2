package org.goldgrad.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.goldgrad.golden.judge.OperationResult;
import org.goldgrad.golden.judge.Run;
import org.goldgrad.golden.judge.Verdict;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Operation;
import org.junit.jupiter.api.Test;

final class TerminalReportTest {
    private static final int WIDTH = 100;

    private static List<String> lines(Run run) {
        return new TerminalReport(run).lines();
    }

    @Test
    void its_table_is_straight_and_fits_a_hundred_columns() {
        OperationResult[] results = Catalogue.operations().stream()
                .map(Operation::id)
                .map(id -> Fixtures.result(id, Optional.empty(), Fixtures.agrees()))
                .toArray(OperationResult[]::new);
        List<String> table = lines(Fixtures.run("nd4j", results)).subList(2, results.length + 4);
        int width = table.get(0).length();
        assertTrue(width <= WIDTH, () -> width + " columns");
        table.forEach(line -> assertEquals(width, line.length(), line));
    }

    @Test
    void its_last_row_is_the_worst_over_all() {
        List<String> lines = lines(Fixtures.everyVerdict("nd4j", "no reason"));
        assertTrue(
                lines.stream().anyMatch(line -> line.matches("4 operations +7 +3 +1 +2 +1 +1\\.5 +15\\.4 +51\\.2")),
                lines::toString);
    }

    @Test
    void it_says_what_differs_how_far_since_when_and_how_to_rerun_it() {
        String text = String.join("\n", lines(Fixtures.everyVerdict("nd4j", "puts ε inside the root")));
        assertTrue(text.contains("""
                        optimization.adam differs in 1 of 2 cases.
                          puts ε inside the root
                          worst: optimization.adam/case-1: puts ε inside the root
                          first wrong: vhat[2,0,1] (step 3) is 0.5, should be 0.25
                          note: intermediate mhat was not compared: it must be 3×2×2, got length 2
                          rerun: ./goldgrad check --implementation nd4j --operations optimization.adam
                        """), text);
    }

    @Test
    void declined_is_never_passed() {
        Run declining = Fixtures.run(
                "mine",
                Fixtures.result(Fixtures.ADAM, Optional.empty(), Fixtures.agrees()),
                Fixtures.result(Fixtures.PCA, Optional.empty(), new Verdict.Declined("no SVD")));
        String text = String.join("\n", lines(declining));
        assertTrue(text.contains("mine conforms where it answers: 1 of 2 cases agrees, 1 is declined."), text);
        assertTrue(text.contains("autoencoder.pca declines 1 of 1 case."), text);
        assertEquals(Exit.CONFORMS, Summary.of(declining).exit());
    }

    @Test
    void who_has_one_operation_does_not_read_about_all_the_others() {
        OperationResult[] results = Catalogue.operations().stream()
                .map(Operation::id)
                .map(id -> Fixtures.result(
                        id,
                        Optional.empty(),
                        id.equals(Fixtures.ADAM) ? Fixtures.agrees() : new Verdict.Declined("not offered")))
                .toArray(OperationResult[]::new);
        int others = results.length - 1;
        List<String> lines = lines(Fixtures.run("mine", results));
        assertEquals("", lines.get(7), lines::toString); // title, blank, heading, rule, and three rows
        String text = String.join("\n", lines);
        assertTrue(text.contains("\n" + others + " declined "), text);
        assertTrue(
                text.contains(
                        others + " operations are declined in all " + others + " cases.\n  declined: not offered\n"),
                text);
        assertTrue(text.contains("autoencoder.pca"), text);
    }

    @Test
    void answering_nothing_is_unusable() {
        Run silent =
                Fixtures.run("mine", Fixtures.result(Fixtures.PCA, Optional.empty(), new Verdict.Declined("no SVD")));
        assertEquals(Exit.UNUSABLE, Summary.of(silent).exit());
        assertTrue(
                lines(silent).contains("mine answers nothing: 0 of 1 case agree, 1 is declined."),
                lines(silent)::toString);
    }

    @Test
    void what_comes_from_outside_cannot_move_the_cursor() {
        String text = String.join("\n", lines(Fixtures.everyVerdict("nd4j", "\u001b[2Jgone\rgone\u0007")));
        assertFalse(text.matches("(?s).*[\u0007\r\u001b].*"), text);
    }
}
