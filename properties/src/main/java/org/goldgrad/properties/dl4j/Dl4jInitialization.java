package org.goldgrad.properties.dl4j;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.nn.weights.WeightInitLecunUniform;
import org.deeplearning4j.nn.weights.WeightInitNormal;
import org.deeplearning4j.nn.weights.WeightInitRelu;
import org.deeplearning4j.nn.weights.WeightInitReluUniform;
import org.deeplearning4j.nn.weights.WeightInitVarScalingNormalFanAvg;
import org.deeplearning4j.nn.weights.WeightInitVarScalingNormalFanIn;
import org.deeplearning4j.nn.weights.WeightInitXavier;
import org.deeplearning4j.nn.weights.WeightInitXavierUniform;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.nd4j.Nd4jArrays;
import org.goldgrad.properties.operation.Reply;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Initial weights of a convolution, for which Deeplearning4j counts the fans itself; a matrix is one with a kernel of 1×1. */
final class Dl4jInitialization {
    /** By what the question calls its variance. */
    static final Map<String, IWeightInit> GAUSSIAN =
            Map.of("lecun", new WeightInitNormal(), "he", new WeightInitRelu(), "glorot", new WeightInitXavier());

    static final Map<String, IWeightInit> UNIFORM = Map.of(
            "lecun",
            new WeightInitLecunUniform(),
            "he",
            new WeightInitReluUniform(),
            "glorot",
            new WeightInitXavierUniform());

    /** Cut at two deviations, and not corrected for that. */
    static final Map<String, IWeightInit> TRUNCATED = Map.of(
            "lecun",
            new WeightInitVarScalingNormalFanIn(),
            "he",
            new WeightInitVarScalingNormalFanIn(2.0),
            "glorot",
            new WeightInitVarScalingNormalFanAvg());

    private Dl4jInitialization() {}

    static Reply answer(Map<String, IWeightInit> by, Inputs inputs) {
        IWeightInit init = by.get(inputs.convention("variance"));
        if (init == null) {
            return new Reply.Declined("Deeplearning4j has no weights of this variance.");
        }
        Nd4jArrays.start();
        NeuralNetConfiguration configuration = new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .layer(new ConvolutionLayer.Builder(inputs.integer("height"), inputs.integer("width"))
                        .nIn(inputs.integer("inputs"))
                        .nOut(inputs.integer("outputs"))
                        .hasBias(false)
                        .weightInit(init)
                        .build())
                .build();
        Nd4j.getRandom().setSeed(inputs.integer("seed"));
        INDArray parameters = Nd4j.zeros(
                DataType.DOUBLE, configuration.getLayer().initializer().numParams(configuration));
        boolean initialize = true;
        Layer layer = configuration
                .getLayer()
                .instantiate(configuration, List.of(), 0, parameters, initialize, DataType.DOUBLE);
        return new Reply.Answered(Outputs.of("W", Nd4jArrays.copy(layer.getParam("W"))));
    }
}
