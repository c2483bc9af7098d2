package org.goldgrad.properties.nd4j;

import java.util.HashMap;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;
import org.nd4j.linalg.factory.Nd4j;

/**
 * ND4J on the CPU, in doubles: its layers, updaters, named operations and SameDiff gradients.
 *
 * <p>It answers with an operation of ND4J's own, or with a graph as SameDiff's users write it, unrolled over the steps and
 * differentiated by SameDiff; or not at all: a formula written again in ND4J's array arithmetic would say nothing about
 * ND4J. Every reason to decline is a sentence about release 1.0.0-M2.1.
 *
 * <p>An instance costs nothing; the first answer loads the native library, which takes about a second. ND4J prints the
 * cause of a failed operation on the process's standard output from native code, where Java cannot catch it; what it is
 * known to fail on is declined instead.
 */
public final class Nd4jImplementation implements Implementation {
    private static final Map<String, Route> OTHERS = Map.ofEntries(
            Map.entry(
                    "regularization.dropout_expected_loss",
                    Route.declined("ND4J draws dropout masks and has no expectation over them.")),
            Map.entry(
                    "regularization.dropout_solution",
                    Route.declined("ND4J's lstsq has one penalty for all columns, and dropout needs one for each.")),
            Map.entry("regularization.ridge_solution", Route.through("lstsq", Nd4jRegularization::ridge)),
            Map.entry("normalization.layer_norm", Route.through("layer_norm", Nd4jNormalization::layerNorm)),
            Map.entry(
                    "normalization.layer_norm.gradient",
                    Route.through("SameDiff's layerNorm", Nd4jNormalization::layerNormGradient)),
            Map.entry(
                    "autoencoder.pca",
                    Route.through("PCA.covarianceMatrix and Eigen", Nd4jAutoencoder::pca)
                            .choosing("divisor", "n")));

    private static final Routes ROUTES = new Routes("ND4J", all());

    private static Map<String, Route> all() {
        Map<String, Route> all = new HashMap<>(OTHERS);
        all.putAll(RecurrentRoutes.ROUTES);
        all.putAll(ClippingRoutes.ROUTES);
        all.putAll(new OptimizationRoutes(Nd4jOptimization::answer).routes());
        return all;
    }

    @Override
    public String name() {
        return "nd4j";
    }

    @Override
    public String version() {
        return "ND4J " + Routes.release(Nd4j.class, "org.nd4j/nd4j-api") + ", Java, CPU";
    }

    @Override
    public Format format() {
        return Format.BINARY64;
    }

    @Override
    public Map<String, String> conventions(Operation operation) {
        return ROUTES.conventions(operation);
    }

    /** @throws IllegalStateException naming the operation of ND4J that failed */
    @Override
    public Reply answer(Operation operation, Inputs inputs) {
        return ROUTES.answer(operation, inputs);
    }
}
