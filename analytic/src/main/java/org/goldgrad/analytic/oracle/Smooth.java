package org.goldgrad.analytic.oracle;

import org.goldgrad.analytic.arithmetic.Binary64;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.arithmetic.Tape;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;

/** Whether a function is smooth around a question: elsewhere it has no derivative, and no honest error budget. */
public final class Smooth {
    private Smooth() {}

    /**
     * Whether it stands on no kink of relu, abs or max, and doubles can tell on which side of all of them it is, and what
     * stands under a root is not lost in its own error.
     */
    public static boolean at(Definition function, Inputs inputs) {
        Tape<Binary64> tape = new Tape<>(Binary64.ARITHMETIC);
        function.of(inputs.in(tape));
        ErrorBudget budget = ErrorBudget.curved(function, inputs);
        return !tape.onKink() && budget.isFinite() && budget.suits(Format.BINARY64);
    }
}
