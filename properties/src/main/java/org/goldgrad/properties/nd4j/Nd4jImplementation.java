package org.goldgrad.properties.nd4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;
import org.nd4j.linalg.factory.Nd4j;

/**
 * ND4J on the CPU, in doubles: its layers, updaters, named operations and SameDiff gradients.
 *
 * <p>It answers with an operation of ND4J's own or not at all: a formula written again in ND4J's array arithmetic would
 * say nothing about ND4J. Every reason to decline is a sentence about release 1.0.0-M2.1.
 *
 * <p>An instance costs nothing; the first answer loads the native library, which takes about a second. ND4J prints the
 * cause of a failed operation on the process's standard output from native code, where Java cannot catch it; what it is
 * known to fail on is declined instead.
 */
public final class Nd4jImplementation implements Implementation {
    private static final String POM = "/META-INF/maven/org.nd4j/nd4j-api/pom.properties";

    private static final Map<String, Route> ROUTES = Map.ofEntries(
            Map.entry("recurrent.scalar", Route.through("SameDiff", Nd4jRecurrent::scalar)),
            Map.entry(
                    "recurrent.lstm",
                    Route.through("lstmLayer", Nd4jRecurrent::lstm).choosing("gate_order", Nd4jRecurrent.GATE_ORDER)),
            Map.entry(
                    "recurrent.lstm.gradient",
                    Route.through("lstmLayer_bp", Nd4jRecurrent::lstmGradient)
                            .choosing("gate_order", Nd4jRecurrent.GATE_ORDER)),
            Map.entry(
                    "optimization.momentum",
                    Route.declined("ND4J's only updater with momentum is Nesterovs, which takes Nesterov's step.")),
            Map.entry(
                    "optimization.running_average",
                    Route.declined("ND4J has no updater that steps along a running average of the gradient.")),
            Map.entry(
                    "optimization.adam",
                    Route.through("AdamUpdater", Nd4jOptimization::adam).choosing("epsilon", "hat")),
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

    /** How a question reaches ND4J: through which of its operations, and the conventions that these have chosen. */
    private record Route(String through, Function<Inputs, Reply> answer, Map<String, String> conventions) {
        static Route through(String operation, Function<Inputs, Reply> answer) {
            return new Route(operation, answer, Map.of());
        }

        static Route declined(String reason) {
            return new Route("nothing", inputs -> new Reply.Declined(reason), Map.of());
        }

        Route choosing(String convention, String choice) {
            return new Route(through, answer, Map.of(convention, choice));
        }
    }

    @Override
    public String name() {
        return "nd4j";
    }

    /** The release is the one that nd4j-api's own jar names. */
    @Override
    public String version() {
        Properties pom = new Properties();
        try (InputStream stream = Nd4j.class.getResourceAsStream(POM)) {
            if (stream != null) {
                pom.load(stream);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + POM, e);
        }
        return "ND4J " + pom.getProperty("version", "of unknown version") + ", Java, CPU";
    }

    @Override
    public Format format() {
        return Format.BINARY64;
    }

    @Override
    public Map<String, String> conventions(Operation operation) {
        return route(operation).conventions();
    }

    /** @throws IllegalStateException naming the operation of ND4J that failed */
    @Override
    public Reply answer(Operation operation, Inputs inputs) {
        Route route = route(operation);
        try {
            return route.answer().apply(inputs);
        } catch (RuntimeException e) {
            throw new IllegalStateException(operation.id() + " through ND4J's " + route.through() + " failed: " + e, e);
        }
    }

    private static Route route(Operation operation) {
        Route unknown = Route.declined("Nothing of ND4J has been connected to " + operation.id() + ".");
        return ROUTES.getOrDefault(operation.id(), unknown);
    }
}
