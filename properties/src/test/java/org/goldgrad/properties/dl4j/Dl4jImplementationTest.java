package org.goldgrad.properties.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.recurrent.Lstm;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.nd4j.Asked;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;
import org.junit.jupiter.api.Test;

final class Dl4jImplementationTest {
    private static final Dl4jImplementation DL4J = new Dl4jImplementation();

    private static Map<String, String> conventions(String id) {
        return DL4J.conventions(Catalogue.operation(id));
    }

    @Test
    void says_what_it_is() {
        assertEquals("dl4j", DL4J.name());
        assertEquals("Deeplearning4j 1.0.0-M2.1, Java, CPU", DL4J.version());
        assertEquals(Format.BINARY64, DL4J.format());
    }

    @Test
    void declares_what_it_has_chosen_and_follows_the_question_in_the_rest() {
        assertEquals(Map.of("gate_order", "gfoi"), conventions("recurrent.lstm"));
        assertEquals(Map.of("gate_order", "gfoi"), conventions("recurrent.lstm.stacked"));
        assertEquals(Map.of("gate_order", "gfoi"), conventions("recurrent.lstm.gradient_flow"));
        assertEquals(Map.of("gate_order", "gfoi", "forget_bias", "stored"), conventions("recurrent.lstm.columns"));
        assertEquals(Map.of(), conventions("recurrent.bidirectional"));
    }

    @Test
    void declines_gradients_of_an_initial_cell_state() {
        for (String id : new String[] {"lstm", "lstm.columns", "lstm.stacked"}) {
            Asked gradient = new Asked(DL4J, "recurrent." + id + ".gradient", Lstm.LAYER);
            assertEquals(
                    "Deeplearning4j's LSTM gives no gradient of its initial cell state.",
                    gradient.declined(Inputs.empty()));
        }
    }

    @Test
    void has_a_reason_of_its_own_for_every_recurrent_operation_that_it_declines() {
        for (Operation operation : Catalogue.operations()) {
            if (operation.id().startsWith("recurrent.")) {
                try {
                    if (DL4J.answer(operation, Inputs.empty()) instanceof Reply.Declined declined) {
                        assertTrue(!declined.reason().startsWith("Nothing"), operation.id());
                    }
                } catch (IllegalStateException connected) {
                    assertTrue(String.valueOf(connected.getMessage()).contains(" through Deeplearning4j's "));
                }
            }
        }
    }

    @Test
    void a_crash_names_the_layer_that_crashed() {
        Random random = new Random(7);
        Inputs misfit = Inputs.empty()
                .with("x", Asked.tidy(random, 4, 3, 5))
                .with("h0", Asked.tidy(random, 3, 2))
                .with("c0", Asked.tidy(random, 3, 2))
                .with("U", Asked.tidy(random, 5, 4, 2))
                .with("W", Asked.tidy(random, 2, 4, 2))
                .with("b", Asked.tidy(random, 4, 3));
        Asked lstm = new Asked(DL4J, "recurrent.lstm", Lstm.LAYER);
        IllegalStateException crash = assertThrows(IllegalStateException.class, () -> lstm.answer(misfit));
        String message = String.valueOf(crash.getMessage());
        assertTrue(message.startsWith("recurrent.lstm through Deeplearning4j's LSTM failed: "), message);
    }
}
