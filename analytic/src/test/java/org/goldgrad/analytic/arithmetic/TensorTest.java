package org.goldgrad.analytic.arithmetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Arrays of exact fractions, so that every statement here is an equality. */
class TensorTest {
    private final Tensor<Rational> a = tensor(new int[] {2, 3}, 1, 2, 3, 4, 5, 6);
    private final Tensor<Rational> b = tensor(new int[] {3, 2}, 7, 8, 9, 10, 11, 12);

    @Test
    void multiplies_matrices() {
        assertTensor(a.matmul(b), new int[] {2, 2}, 58, 64, 139, 154);
        assertTensor(b.matmul(a), new int[] {3, 3}, 39, 54, 69, 49, 68, 87, 59, 82, 105);
    }

    @Test
    void a_product_transposed_is_the_product_of_the_transposes_in_reverse() {
        SplittableRandom random = new SplittableRandom(20260705);
        for (int i = 0; i < 50; i++) {
            int n = random.nextInt(1, 5);
            int k = random.nextInt(1, 5);
            int m = random.nextInt(1, 5);
            Tensor<Rational> x = draw(random, n, k);
            Tensor<Rational> y = draw(random, k, m);
            assertArrayEquals(
                    x.matmul(y).transpose().elements(),
                    y.transpose().matmul(x.transpose()).elements());
        }
    }

    private static Tensor<Rational> draw(SplittableRandom random, int... shape) {
        return Tensor.of(Rational.ARITHMETIC, shape, i -> Rational.of(random.nextInt(-9, 10), random.nextInt(1, 10)));
    }

    @Test
    void transposes_reverse_the_axes_or_order_them_as_told() {
        assertTensor(a.transpose(), new int[] {3, 2}, 1, 4, 2, 5, 3, 6);
        Tensor<Rational> x = tensor(new int[] {2, 1, 3}, 1, 2, 3, 4, 5, 6);
        assertTensor(x.transpose(1, 0, 2), new int[] {1, 2, 3}, 1, 2, 3, 4, 5, 6);
        assertTensor(x.transpose(2, 0, 1), new int[] {3, 2, 1}, 1, 4, 2, 5, 3, 6);
        assertTensor(x.transpose(), new int[] {3, 1, 2}, 1, 4, 2, 5, 3, 6);
        assertTensor(tensor(new int[0], 7).transpose(), new int[0], 7);
    }

    @Test
    void every_element_of_a_transpose_is_where_its_axes_went() {
        Tensor<Rational> x = Tensor.of(Rational.ARITHMETIC, new int[] {2, 3, 4}, i -> Rational.of(i, 1));
        Tensor<Rational> y = x.transpose(2, 0, 1);
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 4; k++) {
                    assertEquals(x.get(i, j, k), y.get(k, i, j));
                }
            }
        }
    }

    @Test
    void combines_equal_shapes_and_repeats_over_leading_axes() {
        assertTensor(a.plus(a), new int[] {2, 3}, 2, 4, 6, 8, 10, 12);
        Tensor<Rational> row = tensor(new int[] {3}, 10, 20, 30);
        assertTensor(a.plus(row), new int[] {2, 3}, 11, 22, 33, 14, 25, 36);
        assertTensor(row.minus(row), new int[] {3}, 0, 0, 0);
        assertTensor(a.times(tensor(new int[0], 2)), new int[] {2, 3}, 2, 4, 6, 8, 10, 12);
        assertTensor(a.dividedBy(tensor(new int[0], 1)), new int[] {2, 3}, 1, 2, 3, 4, 5, 6);
    }

    @Test
    void slices_and_stacks_are_inverse() {
        assertTensor(a.slice(1), new int[] {3}, 4, 5, 6);
        assertTensor(Tensor.stack(a.slices()), new int[] {2, 3}, 1, 2, 3, 4, 5, 6);
        assertTensor(a.reshape(3, 2), new int[] {3, 2}, 1, 2, 3, 4, 5, 6);
        assertEquals(6, a.size());
        assertEquals(3, a.size(1));
    }

    @Test
    void sums_and_inner_products_run_over_all_elements() {
        assertEquals(Rational.of(21, 1), a.sum());
        assertEquals(Rational.of(91, 1), a.dot(a));
    }

    @Test
    void a_shape_error_says_both_shapes() {
        assertRefused("cannot multiply 2×3 by 2×3", () -> a.matmul(a));
        assertRefused("cannot multiply 2×3 by length 3", () -> a.matmul(a.slice(0)));
        assertRefused("cannot combine 2×3 with 3×2", () -> a.plus(b));
        assertRefused("cannot combine length 3 with 2×3", () -> a.slice(0).plus(a));
        assertRefused("cannot take the inner product of 2×3 and 3×2", () -> a.dot(b));
        assertRefused("cannot stack 2×3 and 3×2", () -> Tensor.stack(List.of(a, b)));
        assertRefused("cannot reshape 2×3 to 4×2", () -> a.reshape(4, 2));
        assertRefused("not a scalar but 2×3", a::value);
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void nothing_changes_under_it() {
        int[] shape = {2};
        Tensor<Rational> x = tensor(shape, 1, 2);
        shape[0] = 9;
        x.shape()[0] = 9;
        x.elements()[0] = Rational.of(9, 1);
        assertTensor(x, new int[] {2}, 1, 2);
    }

    @Test
    void shapes_read_as_people_write_them() {
        assertEquals("scalar", Tensor.describe(new int[0]));
        assertEquals("length 3", Tensor.describe(new int[] {3}));
        assertEquals("2×3×4", Tensor.describe(new int[] {2, 3, 4}));
    }

    private static Tensor<Rational> tensor(int[] shape, int... elements) {
        return Tensor.of(Rational.ARITHMETIC, shape, i -> Rational.of(elements[i], 1));
    }

    private static void assertTensor(Tensor<Rational> actual, int[] shape, int... elements) {
        assertArrayEquals(shape, actual.shape());
        assertArrayEquals(
                Arrays.stream(elements).mapToObj(i -> Rational.of(i, 1)).toArray(), actual.elements());
    }
}
