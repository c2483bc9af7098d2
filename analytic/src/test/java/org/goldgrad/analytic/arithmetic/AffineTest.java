package org.goldgrad.analytic.arithmetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.oracle.ErrorBudget;
import org.goldgrad.analytic.recurrent.VanillaRnn;
import org.junit.jupiter.api.Test;

final class AffineTest {
    private static Tensor<DoubleDouble> numbers(int[] shape, double... elements) {
        return Tensor.of(DoubleDouble.ARITHMETIC, shape, i -> DoubleDouble.ARITHMETIC.of(elements[i]));
    }

    @Test
    void adds_everything_up_where_it_belongs() {
        Tensor<DoubleDouble> x = numbers(new int[] {2, 3}, 1, 2, 3, 4, 5, 6);
        Tensor<DoubleDouble> U = numbers(new int[] {3, 2}, 1, 0, 0, 1, 1, -1);
        Tensor<DoubleDouble> r = numbers(new int[] {2, 2}, 1, 2, 3, 4);
        Tensor<DoubleDouble> b = numbers(new int[] {2}, 100, 200);
        Tensor<DoubleDouble> c = numbers(new int[] {2, 2}, 1000, 2000, 3000, 4000);
        Tensor<DoubleDouble> sum = Affine.of(x, U)
                .plus(b)
                .plus(Affine.of(r, r).plusElements(r, r))
                .plus(c)
                .sum();
        // x U = 4 −1; 10 −1    r r = 7 10; 15 22    r ⊙ r = 1 4; 9 16
        assertArrayEquals(
                new double[] {1112, 2213, 3134, 4237},
                Arrays.stream(sum.elements())
                        .mapToDouble(DoubleDouble::doubleValue)
                        .toArray());
        assertArrayEquals(new int[] {2, 2}, sum.shape());
    }

    @Test
    void factors_that_do_not_fit_are_refused() {
        Tensor<DoubleDouble> x = numbers(new int[] {1, 2}, 1, 2);
        assertEquals(
                "cannot multiply 1×2 by 1×2",
                assertThrows(IllegalArgumentException.class, () -> Affine.of(x, x))
                        .getMessage());
    }

    /** In floats from the bias on: ((b + x U) + h W), which rounds twice at the size of b, as libraries do. */
    @Test
    void beginning_with_the_bias_is_within_the_budget() {
        double x = 0x1.cp-21;
        double h0 = 0x1p-24;
        float a = (float) ((float) (0.125 + x * 0.3125) + h0 * -0.0625);
        double truth = 0.125 + x * 0.3125 - h0 * 0.0625;
        Inputs in = new Inputs(
                Map.of(
                        "x", Array.of(new int[] {1, 1, 1}, x),
                        "h0", Array.of(new int[] {1, 1}, h0),
                        "U", Array.of(new int[] {1, 1}, 0.3125),
                        "W", Array.of(new int[] {1, 1}, -0.0625),
                        "b", Array.vector(0.125)),
                Map.of(),
                Map.of("nonlinearity", "relu"));
        double error = Math.abs(a - truth);
        assertTrue(error > 0x1p-24 * truth, () -> error + " is explained by one rounding");
        assertTrue(error <= ErrorBudget.curved(VanillaRnn.LAYER, in).allowed("h", 0, Format.BINARY32));
    }
}
