package org.goldgrad.properties.nd4j;

import static org.goldgrad.properties.nd4j.Asked.tidy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.catalogue.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Nd4jClippingTest {
    private static Asked asked(String name) {
        String id = "optimization." + name;
        return new Asked(id, Catalogue.operation(id).definition());
    }

    private static Inputs gradients(double limit) {
        return Inputs.empty()
                .with("g", tidy(new Random(7), 3, 4))
                .with("limit", limit)
                .withConvention("epsilon", "none");
    }

    @ParameterizedTest
    @CsvSource({"global, 1", "global, 100", "tensor, 1", "tensor, 2.5", "tensor, 100"})
    void clips_by_either_norm(String scope, double limit) {
        asked("clip_by_norm").agrees(gradients(limit).withConvention("scope", scope));
    }

    @Test
    void clips_by_value() {
        asked("clip_by_value").agrees(gradients(0.5));
        asked("clip_by_value").agrees(gradients(100));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 100})
    void projects_to_a_ball(double radius) {
        asked("project_to_ball")
                .agrees(Inputs.empty().with("W", tidy(new Random(7), 3, 4)).with("radius", radius));
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "after"})
    void descends_with_either_decay(String decay) {
        Random random = new Random(7);
        asked("clipped_descent")
                .agrees(Inputs.empty()
                        .with("theta0", tidy(random, 2, 3))
                        .with("g", tidy(random, 4, 2, 3))
                        .with("scale", 4)
                        .with("limit", 0.5)
                        .with("lr", 0.25)
                        .with("weight_decay", 0.125)
                        .with("radius", 100)
                        .withConvention("decay", decay)
                        .withConvention("epsilon", "none"));
    }

    @Test
    void differentiates_where_nothing_is_clipped_and_declines_the_global_norm() {
        Inputs question = gradients(100).with("dclipped", tidy(new Random(8), 3, 4));
        asked("clip_by_norm.gradient").agrees(question.withConvention("scope", "tensor"));
        assertEquals(
                "ND4J has no gradient of clip_by_global_norm.",
                asked("clip_by_norm.gradient").declined(question.withConvention("scope", "global")));
    }
}
