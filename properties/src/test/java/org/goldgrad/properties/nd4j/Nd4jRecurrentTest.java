package org.goldgrad.properties.nd4j;

import static org.goldgrad.properties.nd4j.Asked.tidy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.recurrent.Lstm;
import org.goldgrad.analytic.recurrent.ScalarRnn;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Nd4jRecurrentTest {
    private static final Asked SCALAR = new Asked("recurrent.scalar", ScalarRnn.NETWORK);
    private static final Asked LSTM = new Asked("recurrent.lstm", Lstm.LAYER);
    private static final Asked LSTM_GRADIENT =
            new Asked("recurrent.lstm.gradient", new Gradient(Lstm.LAYER, List.of("x", "h0", "c0", "U", "W", "b")));

    /** An operation of the catalogue. */
    private static Asked asked(String id) {
        return new Asked(id, Catalogue.operation(id).definition());
    }

    private static Inputs vanilla(int time, int batch, int features, int hidden) {
        Random random = new Random(7);
        return Inputs.empty()
                .with("x", tidy(random, time, batch, features))
                .with("h0", tidy(random, batch, hidden))
                .with("U", tidy(random, features, hidden))
                .with("W", tidy(random, hidden, hidden))
                .with("b", tidy(random, hidden))
                .with("dh", tidy(random, time, batch, hidden));
    }

    /** Without a bias of the candidate within the reset. */
    private static Inputs gru(int time, int batch, int features, int hidden) {
        Random random = new Random(7);
        double[] d = tidy(random, 3, hidden).elements();
        Arrays.fill(d, 2 * hidden, 3 * hidden, 0);
        return Inputs.empty()
                .with("x", tidy(random, time, batch, features))
                .with("h0", tidy(random, batch, hidden))
                .with("U", tidy(random, features, 3, hidden))
                .with("W", tidy(random, hidden, 3, hidden))
                .with("b", tidy(random, 3, hidden))
                .with("d", Array.of(new int[] {3, hidden}, d))
                .with("dh", tidy(random, time, batch, hidden))
                .withConvention("gate_order", "rzn")
                .withConvention("reset", "after")
                .withConvention("update", "keep");
    }

    private static Inputs lstm(int time, int batch, int features, int hidden) {
        Random random = new Random(7);
        return Inputs.empty()
                .with("x", tidy(random, time, batch, features))
                .with("h0", tidy(random, batch, hidden))
                .with("c0", tidy(random, batch, hidden))
                .with("U", tidy(random, features, 4, hidden))
                .with("W", tidy(random, hidden, 4, hidden))
                .with("b", tidy(random, 4, hidden))
                .with("dh", tidy(random, time, batch, hidden))
                .with("dc", tidy(random, batch, hidden))
                .withConvention("gate_order", "ifgo");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 2})
    void unrolls_the_scalar_recurrence_and_differentiates_it_twice(int T) {
        Random random = new Random(7);
        SCALAR.agrees(Inputs.empty().with("u", tidy(random, T)).with("w", -0.75).with("h0", 1.5));
    }

    @Test
    void a_weight_of_zero_leaves_the_last_edge() {
        Inputs inputs = Inputs.empty().with("u", 1, 2, 4).with("w", 0).with("h0", 8);
        assertEquals("[0,0,4]", SCALAR.answer(inputs).array("edges").toString());
        assertEquals("4", SCALAR.answer(inputs).array("ddw").toString());
        SCALAR.agrees(inputs);
    }

    @ParameterizedTest
    @CsvSource({"4,3,5,2", "1,1,1,2", "1,3,2,4", "5,1,3,2", "2,3,1,5", "6,2,4,3"})
    void runs_the_lstm_in_every_shape(int time, int batch, int features, int hidden) {
        LSTM.agrees(lstm(time, batch, features, hidden));
    }

    @ParameterizedTest
    @CsvSource({"4,3,5,2", "1,1,1,2", "1,3,2,4", "5,1,3,2", "2,3,1,5", "6,2,4,3"})
    void differentiates_the_lstm_in_every_shape(int time, int batch, int features, int hidden) {
        LSTM_GRADIENT.agrees(lstm(time, batch, features, hidden));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void declines_an_lstm_of_one_unit(int batch) {
        String reason = "ND4J's lstmLayer with one hidden unit crashes the JVM or gives wrong gradients.";
        assertEquals(reason, LSTM.declined(lstm(2, batch, 3, 1)));
        assertEquals(reason, LSTM_GRADIENT.declined(lstm(2, batch, 3, 1)));
    }

    @Test
    void every_operation_is_connected() {
        for (Operation operation : Catalogue.operations()) {
            if (operation.id().startsWith("recurrent.")) {
                assertTrue(RecurrentRoutes.ROUTES.containsKey(operation.id()), operation.id());
            }
        }
    }

    /** By static_rnn where it is tanh; the graph of the others serves all sizes, one after another. */
    @ParameterizedTest
    @CsvSource({"4,3,5,2", "4,1,1,1", "4,1,3,2", "4,2,1,1", "4,2,1,3", "1,1,1,1"})
    void runs_the_vanilla_layer_in_every_shape(int time, int batch, int features, int hidden) {
        for (String nonlinearity : List.of("tanh", "relu", "sigmoid", "identity")) {
            asked("recurrent.vanilla")
                    .agrees(vanilla(time, batch, features, hidden).withConvention("nonlinearity", nonlinearity));
        }
    }

    @ParameterizedTest
    @CsvSource({"4,3,5,2", "4,1,3,2", "4,2,1,1", "4,1,1,2", "1,2,3,1"})
    void differentiates_the_vanilla_layer_in_every_shape(int time, int batch, int features, int hidden) {
        for (String nonlinearity : List.of("tanh", "relu", "sigmoid", "identity")) {
            asked("recurrent.vanilla.gradient")
                    .agrees(vanilla(time, batch, features, hidden).withConvention("nonlinearity", nonlinearity));
        }
    }

    @Test
    void declines_a_gradient_of_products_of_numbers() {
        assertEquals(
                "ND4J's gradient of a product fails where both of its matrices are 1×1.",
                asked("recurrent.vanilla.gradient")
                        .declined(vanilla(2, 1, 3, 1).withConvention("nonlinearity", "tanh")));
    }

    @ParameterizedTest
    @CsvSource({"4,3,5,2", "1,1,1,2", "5,1,3,2", "2,1,1,1", "2,3,1,5"})
    void runs_the_layer_gru_where_no_bias_is_within_the_reset(int time, int batch, int features, int hidden) {
        asked("recurrent.gru").agrees(gru(time, batch, features, hidden));
    }

    @ParameterizedTest
    @ValueSource(strings = {"after", "before"})
    void differentiates_the_gates_of_a_gru(String reset) {
        asked("recurrent.gru.gradient")
                .agrees(gru(4, 3, 5, 2).with("d", tidy(new Random(8), 3, 2)).withConvention("reset", reset));
    }

    @ParameterizedTest
    @CsvSource({"4,3,5,2", "1,1,2,2", "5,1,3,2", "2,3,2,5"})
    void runs_gru_cells_where_the_reset_comes_before_the_product(int time, int batch, int features, int hidden) {
        asked("recurrent.gru").agrees(gru(time, batch, features, hidden).withConvention("reset", "before"));
    }

    @Test
    void declines_the_gru_layers_that_corrupt_memory_and_the_cells_that_are_wrong() {
        String layer = "ND4J's gru with one hidden unit and a batch above 1 corrupts memory.";
        assertEquals(layer, asked("recurrent.gru").declined(gru(2, 3, 2, 1)));
        String cell = "ND4J's gruCell with one feature or one hidden unit throws or gives wrong states.";
        for (Inputs inputs : List.of(gru(2, 3, 1, 2), gru(2, 3, 2, 1))) {
            assertEquals(cell, asked("recurrent.gru").declined(inputs.withConvention("reset", "before")));
        }
    }

    @ParameterizedTest
    @CsvSource({"tanh,sum", "tanh,mean", "tanh,product", "sigmoid,sum", "sigmoid,mean", "sigmoid,product"})
    void runs_both_directions_within_lengths(String nonlinearity, String merge) {
        Random random = new Random(7);
        Inputs inputs = Inputs.empty()
                .with("x", tidy(random, 4, 3, 2))
                .with("lengths", 4, 1, 3)
                .withConvention("nonlinearity", nonlinearity)
                .withConvention("merge", merge);
        for (String direction : List.of("f", "b")) {
            inputs = inputs.with("h" + direction + "0", tidy(random, 3, 5))
                    .with("U" + direction, tidy(random, 2, 5))
                    .with("W" + direction, tidy(random, 5, 5))
                    .with("b" + direction, tidy(random, 5));
        }
        asked("recurrent.bidirectional").agrees(inputs);
        for (String upstream : List.of("dhf", "dhb", "dmerged")) {
            inputs = inputs.with(upstream, tidy(random, 4, 3, 5));
        }
        asked("recurrent.bidirectional.gradient").agrees(inputs);
    }
}
