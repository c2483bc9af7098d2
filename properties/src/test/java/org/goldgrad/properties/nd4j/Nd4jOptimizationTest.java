package org.goldgrad.properties.nd4j;

import static org.goldgrad.properties.nd4j.Asked.fractions;
import static org.goldgrad.properties.nd4j.Asked.tidy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Random;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.optimization.Momentum;
import org.goldgrad.analytic.optimization.RunningAverage;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Argument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Nd4jOptimizationTest {
    private static Asked optimizer(String name) {
        String id = "optimization." + name;
        return new Asked(id, Catalogue.operation(id).definition());
    }

    /** Fractions for all settings; the conventions that ND4J has chosen. */
    private static Inputs question(String name, int steps, int groups, int parameters) {
        Random random = new Random(7);
        Inputs question = Inputs.empty()
                .with("theta0", tidy(random, groups, parameters))
                .with("g", tidy(random, steps, groups, parameters));
        for (Argument input :
                Catalogue.operation("optimization." + name).signature().inputs()) {
            if (!question.arrays().containsKey(input.name())) {
                question = question.with(input.name(), fractions(random, groups));
            }
        }
        for (Map.Entry<String, String> choice : Asked.ND4J
                .conventions(Catalogue.operation("optimization." + name))
                .entrySet()) {
            question = question.withConvention(choice.getKey(), choice.getValue());
        }
        return question;
    }

    @ParameterizedTest
    @ValueSource(strings = {"coupled", "decoupled", "unscaled"})
    void adam_follows_every_decay(String decay) {
        for (int[] shape : new int[][] {{5, 3, 4}, {1, 1, 1}, {7, 1, 2}}) {
            optimizer("adam")
                    .agrees(question("adam", shape[0], shape[1], shape[2]).withConvention("decay", decay));
        }
    }

    @Test
    void adam_needs_no_averaging() {
        optimizer("adam")
                .agrees(question("adam", 3, 2, 3)
                        .with("beta1", 0, 0.5)
                        .with("beta2", 0, 0.75)
                        .with("weight_decay", 0, 0)
                        .withConvention("decay", "decoupled"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"amsgrad", "adamax", "adagrad"})
    void follows(String name) {
        for (int[] shape : new int[][] {{5, 3, 4}, {1, 1, 1}, {7, 1, 2}}) {
            optimizer(name).agrees(question(name, shape[0], shape[1], shape[2]));
        }
    }

    @Test
    void nesterov_follows_a_quadratic_objective() {
        optimizer("nesterov").agrees(question("nesterov", 5, 3, 4).with("curvature", fractions(new Random(8), 3, 4)));
    }

    @ParameterizedTest
    @CsvSource({"coupled, undamped", "coupled, damped", "decoupled, undamped"})
    void gradient_descent_has_neither_momentum_nor_dampening(String decay, String firstStep) {
        Inputs plain = question("sgd", 4, 2, 3)
                .with("momentum", 0, 0)
                .with("dampening", 0, 0)
                .withConvention("decay", decay)
                .withConvention("first_step", firstStep);
        optimizer("sgd").agrees(plain);
        assertEquals("ND4J's Sgd has no momentum.", optimizer("sgd").declined(plain.with("momentum", 0, 0.5)));
        assertEquals("ND4J's Sgd has no dampening.", optimizer("sgd").declined(plain.with("dampening", 0, 0.5)));
    }

    @Test
    void rmsprop_has_no_momentum() {
        Inputs plain = question("rmsprop", 4, 2, 3).with("momentum", 0, 0);
        optimizer("rmsprop").agrees(plain);
        assertEquals("ND4J's RmsProp has no momentum.", optimizer("rmsprop").declined(plain.with("momentum", 0.5, 0)));
    }

    @Test
    void adadelta_has_no_rate() {
        Inputs unscaled = question("adadelta", 4, 2, 3).with("lr", 1, 1);
        optimizer("adadelta").agrees(unscaled);
        assertEquals(
                "ND4J's AdaDelta has no learning rate.", optimizer("adadelta").declined(unscaled.with("lr", 1, 0.5)));
    }

    @Test
    void adam_goes_on_from_a_state_where_epsilon_is_zero() {
        Random random = new Random(9);
        Inputs question = Inputs.empty()
                .with("theta0", tidy(random, 2, 3))
                .with("g", tidy(random, 4, 2, 3))
                .with("lr", fractions(random, 2))
                .with("beta1", fractions(random, 2))
                .with("beta2", fractions(random, 2))
                .with("eps", 0, 0)
                .with("weight_decay", fractions(random, 2))
                .with("m0", tidy(random, 2, 3))
                .with("v0", fractions(random, 2, 3))
                .with("t0", 5)
                .with("present", fractions(random, 4, 2).map(x -> 1))
                .withConvention("counter", "global");
        optimizer("adam_resumed").agrees(question);
        assertEquals(
                "ND4J's Adam has ε beside the root of the uncorrected second moment.",
                optimizer("adam_resumed").declined(question.with("eps", 0, 1)));
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
