package org.goldgrad.golden.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Operation;
import org.junit.jupiter.api.Test;

/** A small simulation; {@code ./goldgrad samplers --runs 10000} is the large one. */
class SimulationTest {
    private static final int RUNS = 300;
    private static final List<String> WRONG = List.of(
            "0.8796 of the deviation",
            "gain-applied-twice",
            "fan-out-for-fan-in",
            "bound-without-gain",
            "cut-at-three",
            "not-truncated",
            "repeats-a-row",
            "ignores-the-seed",
            "draws-without-the-seed");

    private static List<Simulation.Sampler> samplers() {
        return Simulation.samplers(
                Catalogue.operations().stream().filter(Operation::sampled).toList());
    }

    @Test
    void right_samplers_are_never_accused() {
        samplers().stream()
                .filter(Simulation.Sampler::right)
                .filter(sampler -> sampler.name().contains(" he"))
                .forEach(
                        sampler -> assertEquals(0, Simulation.run(sampler, RUNS).accused(), sampler.name()));
    }

    @Test
    void wrong_samplers_always_are() {
        for (String wrong : WRONG) {
            Simulation.Sampler sampler = samplers().stream()
                    .filter(one -> one.name().endsWith(", " + wrong))
                    .findFirst()
                    .orElseThrow();
            assertEquals(RUNS, Simulation.run(sampler, RUNS).accused(), sampler.name());
        }
    }

    @Test
    void the_levels_add_up_to_less_than_the_family_is_allowed() {
        double each = Levels.SURE + Levels.SUSPICIOUS * Levels.CONFIRMED;
        assertTrue(Levels.CASES * Statistic.values().length * each <= 0.9 * Levels.FAMILY * (1 + 1e-12));
    }
}
