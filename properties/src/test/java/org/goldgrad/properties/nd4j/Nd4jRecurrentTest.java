package org.goldgrad.properties.nd4j;

import static org.goldgrad.properties.nd4j.Asked.tidy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.recurrent.Lstm;
import org.goldgrad.analytic.recurrent.ScalarRnn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Nd4jRecurrentTest {
    private static final Asked SCALAR = new Asked("recurrent.scalar", ScalarRnn.NETWORK);
    private static final Asked LSTM = new Asked("recurrent.lstm", Lstm.LAYER);
    private static final Asked LSTM_GRADIENT =
            new Asked("recurrent.lstm.gradient", new Gradient(Lstm.LAYER, List.of("x", "h0", "c0", "U", "W", "b")));

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
}
