package org.goldgrad.analytic.optimization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.Binary64;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.formula.Rule;
import org.junit.jupiter.api.Test;

/** Every number is a small integer: equality is exact. */
final class TrajectoryTest {
    private static final Trajectory COUNTING = new Trajectory(Rule.of("""
            n = n + 1
            k = t
            theta = theta - lr g
            """), List.of("n"), List.of("k"));

    private static Answer<Binary64> answer(Trajectory trajectory, Inputs in) {
        return trajectory.of(in.in(Binary64.ARITHMETIC));
    }

    private static double[] elements(Answer<Binary64> answer, String name) {
        return Array.nearest(answer.node(name)).elements();
    }

    private static final Inputs TWO_GROUPS = Inputs.empty()
            .with("theta0", Array.of(new int[] {2, 1}, 10, 20))
            .with("g", Array.of(new int[] {3, 2, 1}, 1, 1, 2, 2, 3, 3))
            .with("lr", 1, 2);

    @Test
    void every_group_has_its_own_settings_and_memory() {
        Answer<Binary64> answer = answer(COUNTING, TWO_GROUPS);
        assertArrayEquals(new double[] {9, 18, 7, 14, 4, 8}, elements(answer, "theta"));
        assertArrayEquals(new double[] {1, 1, 2, 2, 3, 3}, elements(answer, "n"));
        assertArrayEquals(new double[] {1, 1, 2, 2, 3, 3}, elements(answer, "k"));
        assertEquals(List.of("k"), List.copyOf(answer.intermediates().keySet()));
    }

    @Test
    void one_group_needs_no_axis_and_its_settings_are_scalars() {
        Inputs in = Inputs.empty()
                .with("theta0", 10, 20)
                .with("g", Array.of(new int[] {2, 2}, 1, 2, 3, 4))
                .with("lr", 2);
        assertArrayEquals(new double[] {8, 16, 2, 8}, elements(answer(COUNTING, in), "theta"));
    }

    @Test
    void what_is_given_as_x0_is_where_x_begins() {
        Inputs in = TWO_GROUPS.with("n0", Array.of(new int[] {2, 1}, 5, 7));
        assertArrayEquals(new double[] {6, 8, 7, 9, 8, 10}, elements(answer(COUNTING, in), "n"));
    }

    @Test
    void a_group_without_a_gradient_stays_and_counts_as_the_convention_says() {
        Inputs in = TWO_GROUPS
                .with("present", Array.of(new int[] {3, 2}, 1, 0, 0, 1, 1, 1))
                .with("t0", 4);
        Inputs own = new Inputs(in.arrays(), Map.of(), Map.of("counter", "own"));
        Inputs global = new Inputs(in.arrays(), Map.of(), Map.of("counter", "global"));
        assertArrayEquals(new double[] {9, 20, 9, 16, 6, 10}, elements(answer(COUNTING, own), "theta"));
        assertArrayEquals(new double[] {5, 0, 5, 5, 6, 6}, elements(answer(COUNTING, own), "k"));
        assertArrayEquals(new double[] {5, 0, 5, 6, 7, 7}, elements(answer(COUNTING, global), "k"));
    }

    @Test
    void the_beginning_of_the_step_is_remembered() {
        Trajectory old = new Trajectory(Rule.of("""
                n = n + g
                theta = n_old
                """), List.of("n"), List.of());
        assertArrayEquals(new double[] {0, 0, 1, 1, 3, 3}, elements(answer(old, TWO_GROUPS), "theta"));
    }

    @Test
    void a_habit_changes_whose_settings_and_memory_a_group_has() {
        Trajectory shared = new Trajectory(COUNTING, COUNTING.rule()) {
            @Override
            protected int memory(int i, int parameters) {
                return i % parameters;
            }
        };
        assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, elements(answer(shared, TWO_GROUPS), "n"));
        assertArrayEquals(new double[] {9, 18, 7, 14, 4, 8}, elements(answer(shared, TWO_GROUPS), "theta"));
    }
}
