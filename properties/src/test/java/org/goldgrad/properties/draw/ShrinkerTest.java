package org.goldgrad.properties.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
    /** A matrix whose shape is drawn too, so that deleting choices must keep meaning something. */
    private static double[][] matrix(Draw draw) {
        int rows = 1 + draw.choice(16);
        int columns = 1 + draw.choice(16);
        double[][] matrix = new double[rows][columns];
        for (double[] row : matrix) {
            Arrays.setAll(row, j -> draw.choice(801) / 4.0 * (draw.choice(2) == 0 ? 1 : -1));
        }
        return matrix;
    }

    private static String smallest(Predicate<double[][]> fails) {
        SplitMix random = new SplitMix(7);
        Draw draw = Draw.random(random);
        while (!fails.test(matrix(draw))) {
            draw = Draw.random(random);
        }
        List<Integer> least = Shrinker.shrink(draw.choices(), c -> fails.test(matrix(Draw.replaying(c))), 20_000);
        return Arrays.deepToString(matrix(Draw.replaying(least)));
    }

    @Test
    void a_large_entry_shrinks_to_itself_at_the_bound() {
        assertEquals(
                "[[100.25]]",
                smallest(matrix ->
                        Arrays.stream(matrix).flatMapToDouble(Arrays::stream).anyMatch(x -> x > 100)));
    }

    @Test
    void a_product_of_a_row_shrinks_to_two_numbers() {
        String least = smallest(matrix ->
                Arrays.stream(matrix).anyMatch(row -> row.length > 1 && Math.abs(row[0] * row[1]) > 100));
        assertTrue(least.startsWith("[[") && least.split(",").length == 2, least);
    }

    @Test
    void a_list_that_runs_out_goes_on_with_zeros() {
        assertEquals("[[0.0]]", Arrays.deepToString(matrix(Draw.replaying(List.of()))));
    }

    @Test
    void what_cannot_shrink_is_returned_as_it_is() {
        assertEquals(List.of(1), Shrinker.shrink(List.of(1), List.of(1)::equals, 1000));
    }

    @Test
    void it_stops_after_the_attempts_it_was_given() {
        int[] asked = {0};
        Shrinker.shrink(List.of(9, 9, 9, 9, 9, 9), c -> asked[0]++ < 0, 5);
        assertEquals(5, asked[0]);
    }
}
