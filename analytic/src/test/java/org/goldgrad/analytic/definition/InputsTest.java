package org.goldgrad.analytic.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.Rational;
import org.junit.jupiter.api.Test;

/** A question is named data that nothing changes, the same in every arithmetic. */
class InputsTest {
    private final Inputs inputs = Inputs.empty()
            .with("x", 1.5, -2)
            .with("rate", 0.25)
            .withInteger("k", 3)
            .withConvention("divisor", "n");

    @Test
    void gives_back_what_it_was_given_by_name() {
        assertEquals(Array.vector(1.5, -2), inputs.array("x"));
        assertEquals(0.25, inputs.scalar("rate"));
        assertEquals(3, inputs.integer("k"));
        assertEquals("n", inputs.convention("divisor"));
    }

    @Test
    void reads_as_one_line_in_the_order_given() {
        assertEquals("x=[1.5,-2], rate=0.25, k=3, divisor=n", inputs.toString());
    }

    @Test
    void a_change_leaves_the_original_as_it_was() {
        assertEquals(
                "x=[7], rate=0.25, k=3, divisor=n",
                inputs.with("x", Array.vector(7)).toString());
        assertEquals(4, inputs.withInteger("k", 4).integer("k"));
        assertEquals("n-1", inputs.withConvention("divisor", "n-1").convention("divisor"));
        assertEquals("x=[1.5,-2], rate=0.25, k=3, divisor=n", inputs.toString());
    }

    @Test
    void nothing_changes_under_it() {
        Map<String, Array> arrays = new HashMap<>(Map.of("x", Array.scalar(1)));
        Inputs copied = new Inputs(arrays, Map.of(), Map.of());
        arrays.put("x", Array.scalar(2));
        assertEquals(1, copied.scalar("x"));
        assertThrows(UnsupportedOperationException.class, () -> copied.arrays().put("x", Array.scalar(3)));
    }

    @Test
    void a_missing_name_is_named_with_those_that_exist() {
        assertEquals("no y among [x, rate]", missing(() -> inputs.array("y")));
        assertEquals("no n among [k]", missing(() -> inputs.integer("n")));
        assertEquals("no order among [divisor]", missing(() -> inputs.convention("order")));
        assertEquals(
                "no y among [x, rate]",
                missing(() -> inputs.in(Rational.ARITHMETIC).tensor("y")));
    }

    private static String missing(org.junit.jupiter.api.function.Executable call) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void a_question_holds_the_same_numbers_and_choices() {
        Question<Rational> question = inputs.in(Rational.ARITHMETIC);
        assertEquals(Rational.of(-2, 1), question.tensor("x").at(1));
        assertEquals(Rational.of(1, 4), question.scalar("rate"));
        assertEquals(3, question.integer("k"));
        assertEquals("n", question.convention("divisor"));
        assertEquals(5, question.withInteger("k", 5).integer("k"));
        assertEquals("n-1", question.withConvention("divisor", "n-1").convention("divisor"));
        assertEquals(
                Rational.of(-2, 1),
                question.with("rate", question.tensor("x")).tensor("rate").at(1));
        assertEquals(Rational.of(1, 4), question.scalar("rate"));
    }
}
