package org.goldgrad.properties.optimization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.formula.Rule;
import org.goldgrad.analytic.optimization.Trajectory;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Mistake;
import org.junit.jupiter.api.Test;

final class SlipsTest {
    private static final Trajectory AVERAGE = new Trajectory(Rule.of("""
            v = rho v + (1 - rho) g^2
            theta = theta - lr g/sqrt(v)
            """), List.of("v"), List.of());

    private static final Inputs GENERIC = Inputs.empty()
            .with("theta0", Array.of(new int[] {2, 1}, 1, -2))
            .with("g", Array.of(new int[] {3, 2, 1}, 3, -5, -7, 2, 0.5, 11))
            .with("rho", 0.75, 0.625)
            .with("lr", 0.5, 0.25);

    private static List<Mistake> mistakes(Mistake... named) {
        return Slips.of(AVERAGE, List.of(), List.of("rho", "lr"), GENERIC, List.of(named));
    }

    private static List<String> ids(List<Mistake> mistakes) {
        return mistakes.stream().map(Mistake::id).toList();
    }

    @Test
    void every_term_factor_power_root_and_state_is_spoilt_once() {
        List<String> ids = ids(mistakes());
        assertTrue(
                ids.containsAll(List.of(
                        "buffer-reset-every-step", // v without rho v
                        "lr-ignored", // theta without the factor lr
                        "v-unscaled-by-rho",
                        "v-unscaled-by-1-rho",
                        "v-complements-rho",
                        "v-takes-rho-for-its-complement",
                        "v-not-squared-g",
                        "theta-without-theta",
                        "theta-adds-lr-g-sqrt-v",
                        "theta-not-divided-by-sqrt-v",
                        "theta-multiplied-by-sqrt-v",
                        "theta-no-sqrt-v")),
                ids.toString());
        assertEquals(ids.size(), ids.stream().distinct().count());
    }

    @Test
    void what_has_a_name_already_is_not_listed_again() {
        Mistake unweighted = Slips.slip(AVERAGE, "unweighted", "leaves out a factor", "v = rho v + g^2");
        List<String> ids = ids(mistakes(unweighted));
        assertTrue(ids.contains("unweighted") && !ids.contains("v-unscaled-by-1-rho"), ids.toString());
        assertEquals("v = rho v + g^2 instead of rho v + (1 - rho) g^2", unweighted.formula());
    }

    @Test
    void a_name_for_the_right_function_is_refused() {
        Mistake right = Slips.slip(AVERAGE, "other-words", "nothing", "v = g^2 + rho (v - g^2)");
        Exception refusal = assertThrows(IllegalStateException.class, () -> mistakes(right));
        assertEquals("other-words is right, or another mistake, under all conventions", refusal.getMessage());
    }

    /** What is never a number is caught whatever is asked, and nothing tells two such apart. */
    @Test
    void what_gives_no_number_is_not_listed() {
        Trajectory centered = AVERAGE.by(AVERAGE.rule().with("theta = theta - lr g/sqrt(v + 1)"));
        List<String> ids = Slips.of(centered, List.of(), List.of("rho", "lr"), GENERIC, List.of()).stream()
                .map(Mistake::id)
                .toList();
        assertTrue(!ids.contains("v-subtracts-1-rho-g-2"), ids.toString());
    }

    @Test
    void a_change_of_a_line_is_a_mistake_only_where_the_line_counts() {
        Trajectory two = AVERAGE.by(Rule.of("""
                root=yes   theta = theta - lr g
                root=no    theta = theta - lr g^2
                """)).by(Rule.of("""
                           v = rho v + (1 - rho) g^2
                root=yes   theta = theta - lr g/sqrt(v)
                root=no    theta = theta - lr g/v
                """));
        Convention root = Convention.of("root", "Whether", "here", "yes", "with a root", "no", "without");
        List<Mistake> mistakes = Slips.of(two, List.of(root), List.of("rho", "lr"), GENERIC, List.of());
        Map<String, Mistake> byId = mistakes.stream().collect(Collectors.toMap(Mistake::id, m -> m));
        Mistake undivided = byId.get("theta-not-divided-by-v");
        assertTrue(undivided != null && undivided.applies().test(Map.of("root", "no")));
        assertTrue(undivided != null && !undivided.applies().test(Map.of("root", "yes")));
        // Without its root, the first is the second: another convention, not a mistake.
        assertTrue(!byId.containsKey("theta-no-sqrt-v"), byId.keySet().toString());
    }
}
