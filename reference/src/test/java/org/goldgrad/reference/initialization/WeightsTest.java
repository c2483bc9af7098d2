package org.goldgrad.reference.initialization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class WeightsTest {
    private static String refusal(Executable call) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void a_weight_without_fans_is_refused() {
        assertEquals(
                "a weight must be outputs×inputs×height×width, none of them below 1, is 3×0×1×1",
                refusal(() -> Fans.of(3, 0, 1, 1)));
        assertTrue(refusal(() -> Fans.of(3, 2, -1, 1)).endsWith("is 3×2×-1×1"));
    }

    @Test
    void a_scale_that_is_not_positive_is_refused() {
        assertEquals("sigma must be a number > 0, is -0.5", refusal(() -> Weights.gaussian(-0.5, 4, 1)));
        assertEquals("sigma must be a number > 0, is 0.0", refusal(() -> Weights.truncated(0, 4, 1)));
        assertEquals("bound must be a number > 0, is NaN", refusal(() -> Weights.uniform(Double.NaN, 4, 1)));
    }

    @Test
    void scales_are_those_of_the_papers() {
        Fans fans = Fans.of(64, 21, 3, 3);
        assertEquals(new Fans(189, 576), fans);
        assertEquals(1.0 / 189, Scheme.LECUN.sigma(fans) * Scheme.LECUN.sigma(fans), 1e-17);
        assertEquals(2.0 / 189, Scheme.HE.sigma(fans) * Scheme.HE.sigma(fans), 1e-17);
        assertEquals(6.0 / 765, Scheme.GLOROT.bound(fans) * Scheme.GLOROT.bound(fans), 1e-17);
        assertEquals(0.8796256610342398, Weights.deviationWithin(), 1e-13);
    }

    @Test
    void a_seed_gives_the_same_bits_for_ever() {
        assertArrayEquals(Weights.gaussian(1, 5, 7), Weights.gaussian(1, 5, 7));
        double[] one = Weights.uniform(1, 1000, 1);
        double[] other = Weights.uniform(1, 1000, 2);
        for (int i = 0; i < one.length; i++) {
            assertTrue(one[i] != other[i] && Math.abs(one[i]) <= 1);
        }
    }

    /** w = ±1/2 and h = (1, 2) or (3, −1): the eight sums are ±1.5, ±0.5, ±1, ±2 of mean 0 and mean square 15/8. */
    @Test
    void enumeration_goes_through_everything() {
        SimpleMatrix w = new SimpleMatrix(new double[] {0.5, -0.5});
        SimpleMatrix h = new SimpleMatrix(new double[][] {{1, 2}, {3, -1}});
        assertEquals(new PreactivationEnumeration(0.25, 1.875), PreactivationEnumeration.of(0.25, w, h));
    }
}
