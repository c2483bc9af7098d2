package org.goldgrad.properties.nd4j;

import static org.goldgrad.properties.nd4j.Asked.ND4J;
import static org.goldgrad.properties.nd4j.Asked.tidy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.autoencoder.Pca;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.optimization.Adam;
import org.goldgrad.analytic.recurrent.Lstm;
import org.goldgrad.analytic.regularization.Dropout;
import org.junit.jupiter.api.Test;

final class Nd4jImplementationTest {
    private static Map<String, String> conventions(String id, Definition definition) {
        return ND4J.conventions(new Asked(id, definition).operation());
    }

    @Test
    void says_what_it_is() {
        assertEquals("nd4j", ND4J.name());
        assertEquals("ND4J 1.0.0-M2.1, Java, CPU", ND4J.version());
        assertEquals(Format.BINARY64, ND4J.format());
    }

    @Test
    void declares_what_it_has_chosen_and_follows_the_question_in_the_rest() {
        assertEquals(Map.of("gate_order", "ifgo"), conventions("recurrent.lstm", Lstm.LAYER));
        assertEquals(Map.of("gate_order", "ifgo"), conventions("recurrent.lstm.gradient", Lstm.LAYER));
        assertEquals(
                Map.of("gate_order", "ifgo", "forget_bias", "stored"),
                conventions("recurrent.lstm.columns", Lstm.LAYER));
        assertEquals(Map.of("gate_order", "rzn", "update", "keep"), conventions("recurrent.gru", Lstm.LAYER));
        assertEquals(Map.of(), conventions("recurrent.vanilla", Lstm.LAYER));
        assertEquals(Map.of("epsilon", "hat"), conventions("optimization.adam", Adam.DEFINITION));
        assertEquals(Map.of("divisor", "n"), conventions("autoencoder.pca", Pca::define));
        assertEquals(Map.of(), conventions("regularization.ridge_solution", Dropout::ridge));
    }

    @Test
    void declines_what_it_has_never_heard_of() {
        Asked unheard = new Asked("recurrent.unheard", Lstm.LAYER);
        assertEquals("Nothing of ND4J has been connected to recurrent.unheard.", unheard.declined(Inputs.empty()));
        assertEquals(Map.of(), ND4J.conventions(unheard.operation()));
    }

    @Test
    void a_crash_names_the_operation_that_crashed() {
        Random random = new Random(7);
        Inputs misfit = Inputs.empty()
                .with("x", tidy(random, 4, 3, 5))
                .with("h0", tidy(random, 3, 2))
                .with("c0", tidy(random, 3, 2))
                .with("U", tidy(random, 5, 4, 2))
                .with("W", tidy(random, 2, 4, 2))
                .with("b", tidy(random, 4, 3));
        Asked lstm = new Asked("recurrent.lstm", Lstm.LAYER);
        IllegalStateException crash = assertThrows(IllegalStateException.class, () -> lstm.answer(misfit));
        String message = String.valueOf(crash.getMessage());
        assertTrue(message.startsWith("recurrent.lstm through ND4J's lstmLayer failed: "), message);
    }
}
