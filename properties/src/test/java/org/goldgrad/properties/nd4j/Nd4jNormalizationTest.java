package org.goldgrad.properties.nd4j;

import static org.goldgrad.properties.nd4j.Asked.tidy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.normalization.LayerNorm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Nd4jNormalizationTest {
    private static final Asked LAYER_NORM = new Asked("normalization.layer_norm", LayerNorm::define);
    private static final Asked GRADIENT = new Asked(
            "normalization.layer_norm.gradient", new Gradient(LayerNorm::define, List.of("x", "gamma", "beta")));

    private static Inputs layerNorm(int batch, int time, int features) {
        Random random = new Random(7);
        return Inputs.empty()
                .with("x", tidy(random, batch, time, features))
                .with("gamma", tidy(random, features))
                .with("beta", tidy(random, features))
                .with("eps", 0)
                .with("dy", tidy(random, batch, time, features))
                .with("dmean", tidy(random, batch, time))
                .with("dvariance", tidy(random, batch, time));
    }

    @ParameterizedTest
    @CsvSource({"2,3,5", "1,1,7", "3,1,4", "1,4,5"})
    void normalizes_without_epsilon_in_every_shape(int batch, int time, int features) {
        LAYER_NORM.agrees(layerNorm(batch, time, features));
    }

    @ParameterizedTest
    @CsvSource({"2,3,5", "1,1,7", "3,1,4", "1,4,5"})
    void upstream_gradients_by_the_output_and_the_mean_arrive(int batch, int time, int features) {
        GRADIENT.agrees(layerNorm(batch, time, features)
                .with("dvariance", Array.of(new int[] {batch, time}, new double[batch * time])));
    }

    @Test
    void declines_an_upstream_gradient_by_the_variance() {
        assertEquals(
                "ND4J's gradient of a variance over n divides by n − 1, or rounds 2/n to a float.",
                GRADIENT.declined(layerNorm(2, 3, 4)));
    }

    @Test
    void declines_an_epsilon() {
        String reason = "ND4J's layer_norm has no epsilon, so it answers only where eps = 0.";
        assertEquals(reason, LAYER_NORM.declined(layerNorm(2, 3, 4).with("eps", 0x1p-10)));
        assertEquals(reason, GRADIENT.declined(layerNorm(2, 3, 4).with("eps", 0x1p-10)));
    }
}
