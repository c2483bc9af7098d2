package org.goldgrad.properties.nd4j;

import static java.util.Map.entry;
import static org.goldgrad.properties.nd4j.Route.through;

import java.util.Map;
import java.util.function.Function;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.operation.Reply;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Recurrent networks: by ND4J's named layers where it has them, and by SameDiff, unrolled, where it has not. Its vanilla
 * layers have no gradient, so all gradients but those of lstmLayer are SameDiff's.
 */
final class RecurrentRoutes {
    private static final String UNROLLED = "SameDiff";

    static final Map<String, Route> ROUTES = Map.ofEntries(
            entry("recurrent.scalar", through(UNROLLED, Nd4jScalar::scalar)),
            entry("recurrent.vanilla", through("static_rnn or SameDiff", Nd4jRnn::vanilla)),
            entry(
                    "recurrent.vanilla.gradient",
                    through(UNROLLED, Nd4jVanilla.LAYER.differentiatedWith("Gamma", "h", "x", "h0", "U", "W", "b"))),
            entry("recurrent.stacked", through("static_rnn or SameDiff", Nd4jRnn::stacked)),
            entry(
                    "recurrent.stacked.gradient",
                    through(
                            UNROLLED,
                            Nd4jVanilla.STACKED.differentiatedBy("x", "h0", "U", "W", "b", "H0", "UA", "WA", "B"))),
            entry("recurrent.regression", through(UNROLLED, Nd4jVanilla.REGRESSION.giving("prediction", "loss"))),
            entry(
                    "recurrent.regression.gradient",
                    through(UNROLLED, Nd4jVanilla.REGRESSION.differentiatedBy("x", "h0", "U", "W", "b", "F", "f"))),
            entry("recurrent.gradient_flow", through(UNROLLED, Nd4jGradientFlow::vanilla)),
            entry("recurrent.running_average", through("cumsum", RecurrentRoutes::runningAverage)),
            entry("recurrent.classifier", through(UNROLLED, Nd4jVanilla.CLASSIFIER.giving("logp", "loss"))),
            entry(
                    "recurrent.classifier.gradient",
                    through(UNROLLED, Nd4jVanilla.CLASSIFIER.differentiatedBy("U", "W", "b", "F", "f"))),
            entry("recurrent.low_rank", through(UNROLLED, Nd4jVanilla.LOW_RANK.giving("h"))),
            entry(
                    "recurrent.low_rank.gradient",
                    through(UNROLLED, Nd4jVanilla.LOW_RANK.differentiatedBy("x", "h0", "U", "P", "Q", "b"))),
            entry("recurrent.preactivation", through(UNROLLED, Nd4jVanilla.PREACTIVATION.giving("h"))),
            entry(
                    "recurrent.preactivation.gradient",
                    through(UNROLLED, Nd4jVanilla.PREACTIVATION.differentiatedBy("x", "h0", "U", "W", "b"))),
            entry("recurrent.residual", through(UNROLLED, Nd4jVanilla.RESIDUAL.giving("h"))),
            entry(
                    "recurrent.residual.gradient",
                    through(UNROLLED, Nd4jVanilla.RESIDUAL.differentiatedBy("h0", "W", "b"))),
            entry(
                    "recurrent.truncated.gradient",
                    through(UNROLLED, Nd4jVanilla.TRUNCATED.differentiatedBy("x", "h0", "U", "W", "b"))),
            entry("recurrent.variable_length", through("dynamic_rnn", Nd4jRnn::variableLength)),
            entry(
                    "recurrent.variable_length.gradient",
                    through(UNROLLED, Nd4jBidirectional.VARIABLE_LENGTH.differentiatedBy("x", "h0", "U", "W", "b"))),
            entry("recurrent.bidirectional", through("dynamic_bidirectional_rnn or SameDiff", Nd4jRnn::bidirectional)),
            entry(
                    "recurrent.bidirectional.gradient",
                    through(
                            UNROLLED,
                            Nd4jBidirectional.LAYER.differentiatedBy(
                                    "x", "hf0", "hb0", "Uf", "Ub", "Wf", "Wb", "bf", "bb"))),
            entry(
                    "recurrent.bidirectional.regression",
                    through(UNROLLED, Nd4jBidirectional.REGRESSION.giving("y", "loss"))),
            entry(
                    "recurrent.bidirectional.regression.gradient",
                    through(
                            UNROLLED,
                            Nd4jBidirectional.REGRESSION.differentiatedBy("x", "Uf", "Wf", "Ub", "Wb", "Vf", "Vb"))),
            entry("recurrent.gru", gru("gruCell, gru or SameDiff", Nd4jGru::layer)),
            entry("recurrent.gru.gradient", gru(UNROLLED, Nd4jGru::gradient)),
            entry("recurrent.lstm", lstm("lstmLayer", Nd4jLstm::layer)),
            entry("recurrent.lstm.gradient", lstm("lstmLayer_bp", Nd4jLstm::gradient)),
            entry("recurrent.lstm.columns", lstm("lstmLayer", Nd4jLstm::columns).choosing("forget_bias", "stored")),
            entry(
                    "recurrent.lstm.columns.gradient",
                    lstm("lstmLayer_bp", Nd4jLstm::columnsGradient).choosing("forget_bias", "stored")),
            entry("recurrent.lstm.stacked", lstm("lstmLayer", Nd4jLstm::stacked)),
            entry("recurrent.lstm.stacked.gradient", lstm("lstmLayer_bp", Nd4jLstm::stackedGradient)),
            entry("recurrent.lstm.gradient_flow", through(UNROLLED, Nd4jGradientFlow::lstm)));

    private RecurrentRoutes() {}

    private static Route lstm(String operation, Function<Inputs, Reply> answer) {
        return through(operation, answer).choosing("gate_order", Nd4jLstm.GATE_ORDER);
    }

    private static Route gru(String operation, Function<Inputs, Reply> answer) {
        return through(operation, answer)
                .choosing("gate_order", Nd4jGru.GATE_ORDER)
                .choosing("update", "keep");
    }

    private static Reply runningAverage(Inputs inputs) {
        Array x = inputs.array("x");
        INDArray[] sums = Nd4jArrays.run(DynamicCustomOp.builder("cumsum")
                .addInputs(Nd4jArrays.of(x))
                .addIntegerArguments(0, 0, 0)); // each step included, forwards, along time
        INDArray y = sums[0].divColumnVector(
                Nd4j.linspace(1, x.size(0), x.size(0), sums[0].dataType()).reshape(x.size(0), 1));
        return new Reply.Answered(Outputs.of("y", Nd4jArrays.copy(y))
                .and("last", Nd4jArrays.copy(y.getRow(x.size(0) - 1L), x.size(1))));
    }
}
