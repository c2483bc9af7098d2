package org.goldgrad.analytic.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Rounding to a format: against Java's cast where there is one, and against published values where there is none. */
class FormatTest {
    private static final int TRIES = 100_000;

    private final Points points = new Points(20260701);

    @Test
    void rounds_to_binary32_as_a_cast_does() {
        for (int i = 0; i < TRIES; i++) {
            assertAsCast(points.any(1023));
            assertAsCast(Double.longBitsToDouble(points.random().nextLong()));
            assertAsCast(points.magnitude(-152, -120));
        }
    }

    @Test
    void rounds_ties_and_their_neighbors_as_a_cast_does() {
        for (int i = 0; i < TRIES; i++) {
            float below = Float.intBitsToFloat(points.random().nextInt());
            double tie = ((double) below + Math.nextUp(below)) / 2;
            for (double x : new double[] {tie, Math.nextUp(tie), Math.nextDown(tie)}) {
                assertAsCast(x);
            }
        }
        double overflow = Float.MAX_VALUE + Math.ulp(Float.MAX_VALUE) / 2.0;
        assertAsCast(overflow);
        assertAsCast(Math.nextDown(overflow));
        assertEquals(Double.POSITIVE_INFINITY, Format.BINARY32.round(overflow));
        assertEquals(Float.MAX_VALUE, Format.BINARY32.round(Math.nextDown(overflow)));
    }

    /** Equal bits, so that −0 is not +0. */
    private static void assertAsCast(double x) {
        assertEquals(0, Double.compare((float) x, Format.BINARY32.round(x)), () -> "binary32 of " + x);
    }

    /** The top sixteen bits of a binary32, rounded: π is 0x4049, 0.1 is 0x3dcd, the largest is 0x7f7f. */
    @Test
    void knows_bfloat16() {
        assertEquals(3.140625, Format.BFLOAT16.round(Math.PI));
        assertEquals(0.10009765625, Format.BFLOAT16.round(0.1));
        assertEquals(Float.intBitsToFloat(0x7f7f0000), Format.BFLOAT16.largest());
        assertEquals(0x1p-126, Format.BFLOAT16.smallestNormal());
        assertEquals(0x1p-133, Format.BFLOAT16.round(0x1.8p-134), "the smallest subnormal");
        assertEquals(0, Format.BFLOAT16.round(0x1p-134), "a tie goes to the even 0");
        assertEquals(Double.POSITIVE_INFINITY, Format.BFLOAT16.round(Float.MAX_VALUE));
    }

    /** IEEE 754-2019: 0.1 is 0x2e66, ⅓ is 0x3555, the largest is 65504. */
    @Test
    void knows_binary16() {
        assertEquals(0.0999755859375, Format.BINARY16.round(0.1));
        assertEquals(0.333251953125, Format.BINARY16.round(1 / 3.0));
        assertEquals(65504, Format.BINARY16.largest());
        assertEquals(65504, Format.BINARY16.round(Math.nextDown(65520)));
        assertEquals(Double.NEGATIVE_INFINITY, Format.BINARY16.round(-65520));
        assertEquals(0x1p-14, Format.BINARY16.smallestNormal());
        assertEquals(0x1p-24, Format.BINARY16.round(Math.nextUp(0x1p-25)), "the smallest subnormal");
        assertEquals(0, Format.BINARY16.round(0x1p-25), "a tie goes to the even 0");
    }

    @Test
    void one_plus_the_unit_roundoff_is_a_tie_between_one_and_its_successor() {
        for (Format format : new Format[] {Format.BINARY32, Format.BFLOAT16, Format.BINARY16}) {
            double u = format.unitRoundoff();
            assertEquals(Math.scalb(1.0, -format.precision()), u);
            assertEquals(1, format.round(1 + u));
            assertEquals(1 + 2 * u, format.round(Math.nextUp(1 + u)));
            assertEquals(1 + 4 * u, format.round(1 + 3 * u), "the other tie goes up to the even one");
            assertTrue(format.holds(1 + 2 * u));
            assertFalse(format.holds(1 + u));
        }
    }

    @Test
    void what_is_rounded_is_held() {
        for (Format format : Format.values()) {
            for (int i = 0; i < 10_000; i++) {
                double x = points.any(200);
                assertTrue(format.holds(format.round(x)), () -> format + " of " + x);
            }
            assertTrue(format.holds(format.largest()));
            assertTrue(format.holds(format.smallestNormal()));
        }
    }

    @Test
    void binary64_and_what_is_not_finite_stay_as_they_are() {
        assertEquals(Double.MIN_VALUE, Format.BINARY64.round(Double.MIN_VALUE));
        assertEquals(Double.MAX_VALUE, Format.BINARY64.largest());
        assertEquals(Double.MIN_NORMAL, Format.BINARY64.smallestNormal());
        for (Format format : Format.values()) {
            for (double x : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.0, -0.0}) {
                assertEquals(x, format.round(x));
            }
        }
    }
}
