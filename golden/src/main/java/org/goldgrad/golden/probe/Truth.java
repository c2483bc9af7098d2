package org.goldgrad.golden.probe;

import java.util.List;
import java.util.Optional;
import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.oracle.ErrorBudget;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.operation.Operation;

/**
 * The right answer to a drawn question, good enough to search by: its 31 digits are not proven, unlike those of the case
 * that the search ends with.
 */
final class Truth {
    private static final int BITS = 106;

    private Truth() {}

    /**
     * The answer with its budget; empty where double-double has none, as after an overflow.
     *
     * @param curved whether the budget is to be of second order, which binary64 almost never needs
     */
    static Optional<GoldenCase> of(String id, Operation operation, Inputs inputs, boolean curved) {
        try {
            Answer<DoubleDouble> answer = operation.definition().of(inputs.in(DoubleDouble.ARITHMETIC));
            Outputs expected = answer.nearest();
            ErrorBudget budget = curved
                    ? ErrorBudget.curved(operation.definition(), inputs)
                    : ErrorBudget.of(operation.definition(), inputs);
            GoldenCase golden = new GoldenCase(
                    id,
                    "drawn",
                    GoldenCase.Level.REQUIRED,
                    operation.id(),
                    inputs,
                    expected,
                    Outputs.of(answer.intermediates()),
                    budget,
                    BITS,
                    List.of(),
                    List.of(),
                    0);
            return expected.arrays().values().stream().allMatch(Truth::isFinite)
                    ? Optional.of(golden)
                    : Optional.empty();
        } catch (ArithmeticException undefined) {
            return Optional.empty();
        }
    }

    private static boolean isFinite(Array array) {
        for (double x : array.elements()) {
            if (!Double.isFinite(x)) {
                return false;
            }
        }
        return true;
    }
}
