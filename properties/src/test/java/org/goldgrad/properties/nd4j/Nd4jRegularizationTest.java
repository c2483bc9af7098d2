package org.goldgrad.properties.nd4j;

import static org.goldgrad.properties.nd4j.Asked.tidy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.regularization.Dropout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Nd4jRegularizationTest {
    private static final Asked RIDGE = new Asked("regularization.ridge_solution", Dropout::ridge);

    @ParameterizedTest
    @CsvSource({"5,3,0.625", "5,3,0", "1,1,2", "2,4,0.25", "7,1,3"})
    void the_penalty_of_lstsq_is_lambda(int samples, int features, double lambda) {
        Random random = new Random(7);
        RIDGE.agrees(Inputs.empty()
                .with("X", tidy(random, samples, features))
                .with("y", tidy(random, samples))
                .with("lambda", lambda));
    }

    @Test
    void declines_dropout() {
        assertEquals(
                "ND4J draws dropout masks and has no expectation over them.",
                new Asked("regularization.dropout_expected_loss", Dropout::expectedLoss).declined(Inputs.empty()));
        assertEquals(
                "ND4J's lstsq has one penalty for all columns, and dropout needs one for each.",
                new Asked("regularization.dropout_solution", Dropout::solution).declined(Inputs.empty()));
    }
}
