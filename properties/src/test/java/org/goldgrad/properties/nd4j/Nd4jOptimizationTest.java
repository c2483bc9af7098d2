package org.goldgrad.properties.nd4j;

import static org.goldgrad.properties.nd4j.Asked.fractions;
import static org.goldgrad.properties.nd4j.Asked.tidy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.optimization.Adam;
import org.goldgrad.analytic.optimization.Momentum;
import org.goldgrad.analytic.optimization.RunningAverage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Nd4jOptimizationTest {
    private static final Asked ADAM = new Asked("optimization.adam", Adam.DEFINITION);

    private static Inputs adam(int steps, int groups, int parameters) {
        Random random = new Random(7);
        return Inputs.empty()
                .with("theta0", tidy(random, groups, parameters))
                .with("g", tidy(random, steps, groups, parameters))
                .with("lr", fractions(random, groups))
                .with("beta1", fractions(random, groups))
                .with("beta2", fractions(random, groups))
                .with("eps", fractions(random, groups))
                .with("weight_decay", fractions(random, groups))
                .withConvention("epsilon", "hat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"coupled", "decoupled"})
    void adam_follows_either_decay(String decay) {
        ADAM.agrees(adam(5, 3, 4).withConvention("decay", decay));
        ADAM.agrees(adam(1, 1, 1).withConvention("decay", decay));
        ADAM.agrees(adam(7, 1, 2).withConvention("decay", decay));
    }

    @Test
    void adam_needs_no_averaging() {
        ADAM.agrees(adam(3, 2, 3)
                .with("beta1", 0, 0.5)
                .with("beta2", 0, 0.75)
                .with("weight_decay", 0, 0)
                .withConvention("decay", "decoupled"));
    }

    @Test
    void declines_the_heavy_ball_and_the_running_average() {
        assertEquals(
                "ND4J's only updater with momentum is Nesterovs, which takes Nesterov's step.",
                new Asked("optimization.momentum", Momentum.DEFINITION).declined(Inputs.empty()));
        assertEquals(
                "ND4J has no updater that steps along a running average of the gradient.",
                new Asked("optimization.running_average", RunningAverage.DEFINITION).declined(Inputs.empty()));
    }
}
