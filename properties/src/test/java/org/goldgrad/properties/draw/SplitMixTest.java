package org.goldgrad.properties.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SplitMixTest {
    /** The reference implementation's outputs for seed 1234567 (Vigna, splitmix64.c). */
    @Test
    void gives_the_published_sequence() {
        SplitMix random = new SplitMix(1234567);
        assertEquals(6457827717110365317L, random.next());
        assertEquals(3203168211198807973L, random.next());
        assertEquals(-8629252141511181193L, random.next());
    }
}
