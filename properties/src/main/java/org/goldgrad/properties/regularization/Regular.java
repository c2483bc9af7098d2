package org.goldgrad.properties.regularization;

import org.goldgrad.analytic.arithmetic.Rational;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;

/** Whether a linear system has one solution, decided exactly in fractions. */
final class Regular {
    private Regular() {}

    static boolean has(Definition solution, Inputs in) {
        try {
            solution.of(in.in(Rational.ARITHMETIC));
            return true;
        } catch (ArithmeticException singular) {
            return false;
        }
    }
}
