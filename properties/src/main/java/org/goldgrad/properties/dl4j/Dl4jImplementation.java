package org.goldgrad.properties.dl4j;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.nd4j.OptimizationRoutes;
import org.goldgrad.properties.nd4j.Route;
import org.goldgrad.properties.nd4j.Routes;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;

/**
 * Deeplearning4j on ND4J and the CPU, in doubles: its recurrent layers, by their own activate and backpropGradient, and its
 * iteration of training.
 *
 * <p>It answers with layers, vertices, losses and updaters of Deeplearning4j's own or not at all. What is done around them is
 * laying out arrays, adding up the gradients of weights that are used twice, and dividing a loss by the number of
 * steps. Every reason to decline is a sentence about release 1.0.0-M2.1.
 */
public final class Dl4jImplementation implements Implementation {
    private static final Route NO_CELL_GRADIENT =
            Route.declined("Deeplearning4j's LSTM gives no gradient of its initial cell state.");

    private static final Map<String, Route> RECURRENT = Map.ofEntries(
            Map.entry("recurrent.scalar", Route.declined("Deeplearning4j has no second derivatives.")),
            Map.entry("recurrent.vanilla", Route.through("SimpleRnn", Dl4jVanilla::layer)),
            Map.entry("recurrent.vanilla.gradient", Route.through("SimpleRnn", Dl4jVanilla::layerGradient)),
            Map.entry("recurrent.regression", Route.through("SimpleRnn and RnnLossLayer", Dl4jTasks::regression)),
            Map.entry(
                    "recurrent.regression.gradient",
                    Route.through("SimpleRnn and RnnLossLayer", Dl4jTasks::regressionGradient)),
            Map.entry("recurrent.running_average", Route.declined("Deeplearning4j has no layer that averages so far.")),
            Map.entry("recurrent.gradient_flow", Route.declined("Deeplearning4j has no bound on a gradient.")),
            Map.entry("recurrent.lstm", lstm("LSTM", Dl4jLstm::layer)),
            Map.entry("recurrent.lstm.columns", lstm("LSTM", Dl4jLstm::columns).choosing("forget_bias", "stored")),
            Map.entry("recurrent.lstm.columns.gradient", NO_CELL_GRADIENT),
            Map.entry("recurrent.lstm.gradient", NO_CELL_GRADIENT),
            Map.entry("recurrent.lstm.gradient_flow", lstm("LSTM and RnnLossLayer", Dl4jLstm::gradientFlow)),
            Map.entry("recurrent.lstm.stacked", lstm("LSTM", Dl4jStacked::lstm)),
            Map.entry("recurrent.lstm.stacked.gradient", NO_CELL_GRADIENT),
            Map.entry("recurrent.gru", Route.declined("Deeplearning4j has no GRU.")),
            Map.entry("recurrent.gru.gradient", Route.declined("Deeplearning4j has no GRU.")),
            Map.entry("recurrent.stacked", Route.through("SimpleRnn", Dl4jStacked::vanilla)),
            Map.entry("recurrent.stacked.gradient", Route.through("SimpleRnn", Dl4jStacked::vanillaGradient)),
            Map.entry("recurrent.residual", Route.through("DenseLayer", Dl4jUnrolled::residual)),
            Map.entry("recurrent.residual.gradient", Route.through("DenseLayer", Dl4jUnrolled::residualGradient)),
            Map.entry("recurrent.preactivation", Route.through("DenseLayer", Dl4jUnrolled::preactivation)),
            Map.entry(
                    "recurrent.preactivation.gradient",
                    Route.through("DenseLayer", Dl4jUnrolled::preactivationGradient)),
            Map.entry("recurrent.variable_length", Route.through("SimpleRnn and LastTimeStep", Dl4jLengths::layer)),
            Map.entry(
                    "recurrent.variable_length.gradient",
                    Route.through("SimpleRnn and LastTimeStep", Dl4jLengths::layerGradient)),
            Map.entry(
                    "recurrent.truncated.gradient",
                    Route.through("SimpleRnn's tbpttBackpropGradient", Dl4jVanilla::truncated)),
            Map.entry("recurrent.bidirectional", Route.through("Bidirectional", Dl4jBidirectional::layer)),
            Map.entry(
                    "recurrent.bidirectional.gradient",
                    Route.through("Bidirectional", Dl4jBidirectional::layerGradient)),
            Map.entry(
                    "recurrent.bidirectional.regression",
                    Route.through("Bidirectional and RnnLossLayer", Dl4jBidirectional::regression)),
            Map.entry(
                    "recurrent.bidirectional.regression.gradient",
                    Route.through("Bidirectional and RnnLossLayer", Dl4jBidirectional::regressionGradient)),
            Map.entry("recurrent.low_rank", noFactors()),
            Map.entry("recurrent.low_rank.gradient", noFactors()),
            Map.entry("recurrent.classifier", Route.through("LastTimeStep and LossLayer", Dl4jTasks::classifier)),
            Map.entry(
                    "recurrent.classifier.gradient",
                    Route.through("LastTimeStep and LossLayer", Dl4jTasks::classifierGradient)));

    private static final Map<String, Route> CLIPPING = Map.of(
            "optimization.clip_by_norm",
            Route.through("ClipL2PerLayer", Dl4jClipping::byNorm)
                    .choosing("scope", "tensor")
                    .choosing("epsilon", "none"),
            "optimization.clip_by_norm.gradient",
            Route.declined("Deeplearning4j clips gradients and does not differentiate that."),
            "optimization.clip_by_value",
            Route.through("ClipElementWiseAbsoluteValue", Dl4jClipping::byValue),
            "optimization.project_to_ball",
            Route.through("MaxNormConstraint", Dl4jClipping::toBall),
            "optimization.project_to_sphere",
            Route.through("UnitNormConstraint", Dl4jClipping::toSphere).choosing("guard", "positive"),
            "optimization.clipped_descent",
            Route.declined("Deeplearning4j clips by no norm of several layers."));

    private static final Map<String, Route> INITIALIZATION = Map.of(
            "initialization.gaussian",
            weights("WeightInitNormal, WeightInitRelu or WeightInitXavier", Dl4jInitialization.GAUSSIAN),
            "initialization.uniform",
            weights(
                    "WeightInitLecunUniform, WeightInitReluUniform or WeightInitXavierUniform",
                    Dl4jInitialization.UNIFORM),
            "initialization.truncated_normal",
            weights("WeightInitVarScalingNormalFanIn or …FanAvg", Dl4jInitialization.TRUNCATED)
                    .choosing("correction", "uncorrected"),
            "initialization.scale",
            noMoments(),
            "initialization.depth",
            noMoments(),
            "initialization.preactivation_moments",
            noMoments());

    private static final Routes ROUTES = new Routes("Deeplearning4j", all());

    private static Map<String, Route> all() {
        Map<String, Route> all = new HashMap<>(RECURRENT);
        all.putAll(new OptimizationRoutes(Dl4jOptimization::answer).routes());
        all.put("optimization.sgd", Route.declined("Deeplearning4j's Sgd keeps no velocity."));
        all.putAll(CLIPPING);
        all.putAll(INITIALIZATION);
        return all;
    }

    private static Route noMoments() {
        return Route.declined("Deeplearning4j draws weights and tells no moments of theirs.");
    }

    private static Route weights(String classes, Map<String, IWeightInit> by) {
        return Route.through(classes, inputs -> Dl4jInitialization.answer(by, inputs));
    }

    private static Route lstm(String layers, Function<Inputs, Reply> answer) {
        return Route.through(layers, answer).choosing("gate_order", Dl4jLstm.GATE_ORDER);
    }

    private static Route noFactors() {
        return Route.declined("Deeplearning4j has no layer whose recurrent weights are a product of factors.");
    }

    @Override
    public String name() {
        return "dl4j";
    }

    @Override
    public String version() {
        return "Deeplearning4j "
                + Routes.release(NeuralNetConfiguration.class, "org.deeplearning4j/deeplearning4j-nn")
                + ", Java, CPU";
    }

    @Override
    public Format format() {
        return Format.BINARY64;
    }

    @Override
    public Map<String, String> conventions(Operation operation) {
        return ROUTES.conventions(operation);
    }

    /** @throws IllegalStateException naming the layer of Deeplearning4j that failed */
    @Override
    public Reply answer(Operation operation, Inputs inputs) {
        return ROUTES.answer(operation, inputs);
    }
}
