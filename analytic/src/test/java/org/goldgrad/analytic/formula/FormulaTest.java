package org.goldgrad.analytic.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.goldgrad.analytic.arithmetic.Binary64;
import org.goldgrad.analytic.arithmetic.Rational;
import org.goldgrad.analytic.arithmetic.Real;
import org.junit.jupiter.api.Test;

final class FormulaTest {
    private static double value(String text, Map<String, Double> numbers, int step) {
        Values<Binary64> values = new Values<>(Binary64.ARITHMETIC);
        numbers.forEach((name, x) -> values.set(name, Binary64.ARITHMETIC.of(x)));
        values.step(step);
        return Formula.of(text).value(values).doubleValue();
    }

    private static double value(String text) {
        return value(text, Map.of("a", 2.0, "b", 3.0, "c", 4.0), 3);
    }

    @Test
    void what_stands_side_by_side_is_multiplied_and_quotients_go_from_left_to_right() {
        assertEquals(24, value("a b c"));
        assertEquals(2.0 / 3 * 4, value("a/b c"));
        assertEquals(0.5, value("a/c"));
        assertEquals(2.0 / (3 * 4), value("a/(b c)"));
        assertEquals(14, value("a + b c"));
        assertEquals(20, value("(a + b) c"));
        assertEquals(-5, value("-a - b"));
        assertEquals(2 - 3 + 4, value("a - b + c"));
        assertEquals(2 - (3 + 4), value("a - (b + c)"));
    }

    @Test
    void powers_are_integers_that_may_count_steps() {
        assertEquals(9, value("b^2"));
        assertEquals(8, value("a^t"));
        assertEquals(16, value("a^(t + 1)"));
        assertEquals(2 * 27, value("a b^t"));
        assertEquals(3, value("t"));
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> value("a^b"));
        assertEquals("b is no integer: only t is", refusal.getMessage());
    }

    @Test
    void functions() {
        assertEquals(2, value("sqrt(c)"));
        assertEquals(1, value("abs(a - b)"));
        assertEquals(4, value("max(a, c)"));
        assertEquals(1, value("exp(log(a)/log(a) - 1)"));
        assertEquals(2, value("first(a, b)", Map.of("a", 2.0, "b", 3.0), 1));
        assertEquals(3, value("first(a, b)", Map.of("a", 2.0, "b", 3.0), 2));
    }

    @Test
    void constants_are_decimals() {
        assertEquals(0.96, value("0.96"));
        assertEquals(1 - 0.5 * 2, value("1 - 0.5 a"));
    }

    @Test
    void is_written_as_it_is_read() {
        for (String text : new String[] {
            "theta - lr mhat/(sqrt(vhat) + eps)",
            "beta1 m + (1 - beta1) g",
            "m/(1 - beta1^(t + 1))",
            "max(beta2 u, abs(g) + eps)",
            "-a/b c^2",
            "a - (b - c)",
            "a/(b/c)",
            "(a + b)^2",
            "first(g, momentum v + (1 - dampening) g)"
        }) {
            assertEquals(text, Formula.of(text).toString());
        }
    }

    @Test
    void nonsense_is_refused_where_it_begins() {
        assertRefused("a formula makes no sense from \")\" on: a + b)", "a + b)");
        assertRefused("a formula makes no sense from the end on: a +", "a +");
        assertRefused("a formula makes no sense from the end on: (a", "(a");
        assertRefused("cannot read \"% b\" in: a % b", "a % b");
        assertRefused("max takes 2 arguments, not 1, in: max(a)", "max(a)");
        assertRefused("a formula makes no sense from the end on: ", "");
    }

    private static void assertRefused(String message, String text) {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> Formula.of(text));
        assertEquals(message, refusal.getMessage());
    }

    @Test
    void an_unknown_name_is_refused_with_those_there_are() {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> value("x", Map.of("a", 1.0), 1));
        assertEquals("nothing is called x among [a]", refusal.getMessage());
    }

    @Test
    void is_exact_in_fractions() {
        assertEquals(Rational.of(3, 8), thirdOf(Rational.ARITHMETIC.one().dividedBy(2)));
    }

    /** x + x³ − x²  at x = 1/2: 1/2 + 1/8 − 1/4 = 3/8. */
    private static <R extends Real<R>> R thirdOf(R x) {
        Values<R> values = new Values<>(x.arithmetic());
        values.set("x", x);
        values.step(3);
        return Formula.of("x + x^t - x^2").value(values);
    }

    @Test
    void names_can_be_changed() {
        Formula changed = Formula.of("a + b sqrt(a)").renamed(name -> name.equals("a") ? "c" : name);
        assertEquals("c + b sqrt(c)", changed.toString());
        assertTrue(changed.equals(Formula.of("c + b sqrt(c)")));
    }
}
