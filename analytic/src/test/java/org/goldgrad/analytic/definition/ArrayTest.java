package org.goldgrad.analytic.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.goldgrad.analytic.arithmetic.Binary64;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.junit.jupiter.api.Test;

/** Arrays of doubles: what is taken from them, how they read, and that nothing changes them. */
class ArrayTest {
    private final Array matrix = Array.matrix(new double[] {1, 2, 3}, new double[] {4, 5, 6});
    private final Array cube = Array.of(new int[] {2, 2, 2}, 0, 1, 2, 3, 4, 5, 6, 7);

    @Test
    void takes_parts_along_an_axis_in_the_order_asked() {
        assertEquals("[[4,5,6],[1,2,3]]", matrix.take(0, 1, 0).toString());
        assertEquals("[[3,1,1],[6,4,4]]", matrix.take(1, 2, 0, 0).toString());
        assertEquals("[[[2,3]],[[6,7]]]", cube.take(1, 1).toString());
        assertEquals("[[[1,0],[3,2]],[[5,4],[7,6]]]", cube.take(2, 1, 0).toString());
        assertEquals(Array.vector(5, 7), Array.vector(5, 6, 7).take(0, 0, 2));
    }

    @Test
    void names_a_position_by_its_indices() {
        assertEquals("[1,0]", matrix.index(3));
        assertEquals("[0,2]", matrix.index(2));
        assertEquals("[1,0,1]", cube.index(5));
        assertEquals("[]", Array.scalar(3).index(0));
    }

    @Test
    void reads_as_nested_lists_with_round_numbers_short() {
        assertEquals("[[1,2,3],[4,5,6]]", matrix.toString());
        assertEquals(
                "[1.5,-2,0.1,1.0E15,NaN,Infinity]",
                Array.vector(1.5, -2, 0.1, 1e15, Double.NaN, 1 / 0.0).toString());
        assertEquals("0.25", Array.scalar(0.25).toString());
    }

    @Test
    void replaces_and_maps_without_changing_the_original() {
        assertEquals("[[1,2,3],[4,-1,6]]", matrix.with(4, -1).toString());
        assertEquals("[[2,4,6],[8,10,12]]", matrix.map(x -> 2 * x).toString());
        assertEquals("[[1,2,3],[4,5,6]]", matrix.toString());
    }

    @Test
    void nothing_changes_under_it() {
        double[] elements = {1, 2};
        int[] shape = {2};
        Array array = Array.of(shape, elements);
        elements[0] = 9;
        shape[0] = 9;
        array.elements()[1] = 9;
        array.shape()[0] = 9;
        assertEquals(Array.vector(1, 2), array);
    }

    @Test
    void equal_means_equal_shapes_and_bits() {
        assertEquals(Array.vector(1, Double.NaN), Array.vector(1, Double.NaN));
        assertEquals(Array.vector(1, 2).hashCode(), Array.vector(1, 2).hashCode());
        assertNotEquals(Array.vector(0.0), Array.vector(-0.0));
        assertNotEquals(Array.vector(1, 2), Array.of(new int[] {1, 2}, 1, 2));
    }

    @Test
    void the_nearest_doubles_of_a_tensor_keep_its_shape() {
        Tensor<Binary64> tensor = Tensor.of(Binary64.ARITHMETIC, new int[] {1, 2}, i -> new Binary64(i + 0.5));
        assertEquals(Array.of(new int[] {1, 2}, 0.5, 1.5), Array.nearest(tensor));
    }

    @Test
    void refuses_a_wrong_number_of_elements_and_says_which() {
        assertEquals(
                "a 2×2 array has 4 elements, not 3",
                assertThrows(IllegalArgumentException.class, () -> Array.of(new int[] {2, 2}, 1, 2, 3))
                        .getMessage());
        assertEquals(
                "not a scalar but 2×3",
                assertThrows(IllegalArgumentException.class, matrix::value).getMessage());
    }

    @Test
    void refuses_ragged_rows() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Array.matrix(new double[] {1, 2}, new double[] {3}, new double[] {4, 5, 6}));
    }

    @Test
    void an_empty_array_reads_as_an_empty_list() {
        assertEquals("[]", Array.vector().toString());
    }

    @Test
    void negative_zero_reads_as_such() {
        assertEquals("[-0.0]", Array.vector(-0.0).toString());
    }
}
