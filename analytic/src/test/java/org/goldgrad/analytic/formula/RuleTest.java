package org.goldgrad.analytic.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class RuleTest {
    private static final Rule RULE = Rule.of("""
            decay=coupled|late   g = g + w x
                                 v = g^2
            form=a               x = x - g
            form=b               x = x - v
            """);

    @Test
    void conventions_choose_lines() {
        assertEquals(
                "v = g^2\nform=a   x = x - g",
                RULE.under(Map.of("decay", "none", "form", "a")).toString());
        assertEquals(
                "decay=coupled|late   g = g + w x\nv = g^2\nform=b   x = x - v",
                RULE.under(Map.of("decay", "late", "form", "b")).toString());
    }

    @Test
    void a_line_takes_the_place_of_the_one_under_the_same_choices() {
        Rule changed = RULE.with("form=b   x = x + v");
        assertEquals("form=a   x = x - g", changed.lines().get(2).toString());
        assertEquals("form=b   x = x + v", changed.lines().get(3).toString());
    }

    @Test
    void a_line_without_choices_takes_the_place_of_all() {
        Rule changed = RULE.with("x = x + v");
        assertEquals(3, changed.lines().size());
        assertEquals("x = x + v", changed.lines().get(2).toString());
    }

    @Test
    void a_new_name_stands_before_the_next_line_that_takes_a_place() {
        Rule changed = RULE.with("u = max(u, v)\nform=a   x = x - u");
        assertEquals("u = max(u, v)", changed.lines().get(2).toString());
        assertEquals("form=a   x = x - u", changed.lines().get(3).toString());
        assertEquals("form=b   x = x - v", changed.lines().get(4).toString());
    }

    @Test
    void a_line_under_choices_that_no_line_makes_is_refused() {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> RULE.with("form=c   x = x"));
        assertEquals("there is no line for x under {form=[c]}", refusal.getMessage());
    }

    @Test
    void a_line_must_set_something() {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> Rule.of("form=a   x + y"));
        assertEquals("a line must be \"name = formula\", after any choices: form=a   x + y", refusal.getMessage());
    }
}
