package org.goldgrad.properties.dl4j;

import static org.goldgrad.properties.nd4j.Asked.tidy;

import java.util.List;
import java.util.Random;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.recurrent.Lstm;
import org.goldgrad.properties.nd4j.Asked;
import org.goldgrad.properties.nd4j.Nd4jArrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** recurrent.lstm.gradient wants a gradient of c0, which LSTM does not give; what it does give is right. */
final class Dl4jLstmGradientTest {
    private static final Asked GRADIENT = new Asked(
            new Dl4jImplementation(),
            "recurrent.lstm.gradient",
            new Gradient(Lstm.LAYER, List.of("x", "h0", "c0", "U", "W", "b")));

    @ParameterizedTest
    @CsvSource({"4,3,5,2", "1,1,1,1", "1,3,2,4", "5,1,3,2", "2,3,1,5", "6,2,4,3"})
    void all_gradients_but_one(int time, int batch, int features, int hidden) {
        Random random = new Random(7);
        Inputs inputs = Inputs.empty()
                .with("x", tidy(random, time, batch, features))
                .with("h0", tidy(random, batch, hidden))
                .with("c0", tidy(random, batch, hidden))
                .with("U", tidy(random, features, 4, hidden))
                .with("W", tidy(random, hidden, 4, hidden))
                .with("b", tidy(random, 4, hidden))
                .with("dh", tidy(random, time, batch, hidden))
                .with("dc", zeros(batch, hidden))
                .withConvention("gate_order", Dl4jLstm.GATE_ORDER);
        GRADIENT.agreesOn(given(inputs), inputs);
    }

    private static Outputs given(Inputs inputs) {
        Array U = inputs.array("U");
        Array W = inputs.array("W");
        int features = U.size(0);
        int hidden = W.size(0);
        Part part = Dl4jLstm.part(inputs, hidden);
        INDArray x = Sequences.of(inputs.array("x"));
        part.activate(Sequences.beside(x, Sequences.zeros(x.size(0), hidden, x.size(2))));
        INDArray dinput = part.backpropWindow(Sequences.of(inputs.array("dh")));
        return Outputs.of("dx", Sequences.copy(Sequences.part(dinput, 0, features)))
                .and("dh0", Nd4jArrays.copy(Sequences.step(Sequences.part(dinput, features, features + hidden), 0)))
                .and("dU", Nd4jArrays.copy(Sequences.rows(part.gradient("W"), 0, features), U.shape()))
                .and("dW", part.gradient("RW", W))
                .and("db", part.gradient("b", inputs.array("b")));
    }

    private static Array zeros(int... shape) {
        return tidy(new Random(1), shape).map(x -> 0);
    }
}
