package org.goldgrad.reference.recurrent;

import static org.goldgrad.reference.recurrent.Exactly.row;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class NormTest {

    @Test
    void is_three_four_five_at_every_scale() {
        assertEquals(5, Norm.of(row(3, -4)));
        assertEquals(0x5p1000, Norm.of(row(0x3p1000, 0x4p1000)));
        assertEquals(0x5p-1074, Norm.of(row(0x3p-1074, 0x4p-1074)));
        assertEquals(0, Norm.of(row(0, 0)));
    }

    @Test
    void lets_nan_and_infinity_through() {
        assertEquals(Double.NaN, Norm.of(row(Double.NaN, Double.NaN)));
        assertEquals(Double.NaN, Norm.of(row(Double.POSITIVE_INFINITY, Double.NaN)));
        assertEquals(Double.POSITIVE_INFINITY, Norm.of(row(1, Double.NEGATIVE_INFINITY)));
    }
}
