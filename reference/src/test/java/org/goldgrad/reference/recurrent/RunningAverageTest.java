package org.goldgrad.reference.recurrent;

import static org.goldgrad.reference.recurrent.Exactly.assertEntries;
import static org.goldgrad.reference.recurrent.Refusals.assertRefusal;

import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

final class RunningAverageTest {

    @Test
    void averages_what_has_been_seen_of_each_sequence_so_far() {
        RunningAverage average = RunningAverage.of(new SimpleMatrix(new double[][] {{4, 0}, {2, 1}, {6, -4}}));
        assertEntries(average.y(), 4, 0, 3, 0.5, 4, -1);
        assertEntries(average.last(), 4, -1);
    }

    @Test
    void refuses_an_empty_sequence() {
        assertRefusal("x must be T×batch with T ≥ 1, is 0×2", () -> RunningAverage.of(new SimpleMatrix(0, 2)));
    }
}
