package org.goldgrad.golden.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LintTest {
    private static Lint.Report lint(Operation operation, List<GoldenCase> cases) {
        return Lint.of(new Corpus(Map.of(operation.id(), cases), ""), List.of(operation));
    }

    @Test
    void generated_cases_pass() {
        List<GoldenCase> cases = Generator.cases(Sample.MOMENTUM);
        Lint.Report report = lint(Sample.MOMENTUM, cases);
        assertEquals(
                List.of(cases.size() + " cases reject 8 of 8 candidates (6 mistakes, 2 other conventions) and tell "
                        + "12 of 12 pairs apart"),
                report.lines());
        assertTrue(report.passes());
        assertEquals(
                "optimization.sample/inside-ten-to-the-minus-one",
                report.matrices()
                        .get(0)
                        .variants()
                        .get(0)
                        .kills()
                        .getOrDefault("ascends", List.of())
                        .get(0));
    }

    @Test
    void a_planted_survivor_is_caught() {
        Operation operation = Sample.declare(Sample.ASCENDS, Sample.EQUIVALENT);
        Lint.Report report = lint(operation, Generator.cases(operation));
        assertEquals(
                List.of(
                        "optimization.sample/inside: no case rejects planted-survivor",
                        "optimization.sample/outside: no case rejects planted-survivor"),
                report.survivors());
        assertFalse(report.passes());
    }

    @Test
    void two_names_for_one_mistake_are_caught() {
        var alias = org.goldgrad.properties.operation.Mistake.mistake("climbs", "goes up", "", Sample.ASCENDS.wrong());
        Operation operation = Sample.declare(Sample.ASCENDS, alias);
        Lint.Report report = lint(operation, Generator.cases(operation));
        assertEquals(
                "optimization.sample/inside: no case tells apart ascends | climbs",
                report.inseparable().get(0));
    }

    @Test
    void stale_kills_are_caught() {
        Operation before = Sample.declare(Sample.ASCENDS);
        Lint.Report report = lint(Sample.MOMENTUM, Generator.cases(before));
        assertTrue(report.stale().get(0).contains("says that it rejects [rate=outside, ascends], but it rejects"));
    }

    @Test
    void cases_of_no_operation_are_caught() {
        Lint.Report report = Lint.of(new Corpus(Map.of("optimization.sample", List.of()), ""), List.of());
        assertTrue(report.stale().get(0).startsWith("optimization.sample: there are cases, but no such operation"));
    }

    /** Questions that have one fault each, and the rule that must see it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        square        | equal-axes: rows and columns have the same length in every case
        one row       | single-step: rows is 1 in every case
        two rows      | batch-of-two: rows is at most 2 in every case
        small         | within-a-register: no axis is longer than 4, a vector register, in every case
        no state      | zero: x0 is 0 in every case
        unit scale    | one: gamma is 1 in every case
        half          | one-half: p is 0.5 in every case
        fixed rate    | constant: beta1 is constant in every case
        flat          | constant: x0 is constant in every case
        first         | constant-count: k is 1 in every case
        same decay    | equal-settings: beta1 equals beta2 in every case
        symmetric     | symmetric: X is symmetric in every case
        sorted        | sorted: X is sorted in every case
        centred       | centred: X has sums of 0 along an axis in every case
        """)
    void every_rule_fires(String fault, String complaint) {
        List<Inputs> questions = List.of(question(fault, 0), question(fault, 1));
        List<String> complaints = Degenerate.complaints(TABLE, questions);
        assertTrue(complaints.contains(complaint), complaints.toString());
        List<Inputs> mended = new ArrayList<>(questions);
        mended.add(question("", 0));
        mended.add(question("", 1));
        assertEquals(List.of(), Degenerate.complaints(TABLE, mended));
    }

    private static final Operation TABLE = Operation.named("network.table", "Something with everything")
            .input("X", "rows,columns", Domain.REAL)
            .input("x0", "columns", Domain.REAL)
            .input("gamma", "columns", Domain.REAL)
            .setting("p", "", Domain.PROBABILITY)
            .setting("beta1", "", Domain.DECAY)
            .setting("beta2", "", Domain.DECAY)
            .count("k", 1, "rows", 0)
            .size("rows", 1, 6)
            .definition(Doubling.DEFINITION)
            .reference(in -> {
                throw new IllegalStateException("not asked");
            })
            .declare();

    private static Inputs question(String fault, int i) {
        int rows = fault.equals("one row") ? 1 : fault.equals("two rows") ? 2 : fault.equals("small") ? 4 : 5 + i;
        int columns = fault.equals("square") || fault.equals("symmetric") ? rows : 3;
        double[] X = new double[rows * columns];
        for (int k = 0; k < X.length; k++) {
            int row = k / columns;
            int column = k % columns;
            X[k] = switch (fault) {
                case "symmetric" -> row * column % 3 - 1;
                case "sorted" -> k;
                case "centred" -> (column - 1) * (row + 1);
                default -> k * (k + 3 + i) % 7 - 2.5;
            };
        }
        double[] state = new double[columns];
        double[] scale = new double[columns];
        for (int k = 0; k < columns; k++) {
            state[k] = fault.equals("no state") ? 0 : fault.equals("flat") ? 3 : (7 * k + 2) % 5;
            scale[k] = fault.equals("unit scale") ? 1 : (3 * k + 1) % 4 - 0.5;
        }
        double beta = fault.equals("fixed rate") ? 0.75 : 0.5 + i / 4.0;
        return Inputs.empty()
                .with("X", Array.of(new int[] {rows, columns}, X))
                .with("x0", state)
                .with("gamma", scale)
                .with("p", fault.equals("half") ? 0.5 : 0.25 + i / 8.0)
                .with("beta1", beta)
                .with("beta2", fault.equals("same decay") ? beta : 0.875 + i / 16.0)
                .withInteger("k", fault.equals("first") ? 1 : 1 + i);
    }
}
