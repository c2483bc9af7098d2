package org.goldgrad.libtorch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.goldgrad.properties.operation.Operation;

/**
 * How a question reaches libtorch.
 *
 * @param conventions what libtorch has chosen there
 */
record Route(String operation, Function<Question, Map<String, Tensor>> answer, Map<String, String> conventions) {
    private static final Map<String, String> LSTM = Map.of("gate_order", Gated.LSTM_ORDER);
    private static final Map<String, String> COLUMNS = Map.of("gate_order", Gated.LSTM_ORDER, "forget_bias", "stored");
    private static final Map<String, String> GRU =
            Map.of("gate_order", Gated.GRU_ORDER, "reset", "after", "update", "keep");

    private static final Map<String, Route> ALL = Stream.of(
                    recurrent(), optimization(), initialization(), regularization(), normalization(), autoencoder())
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableMap(Route::operation, route -> route));

    private Route(String operation, Function<Question, Map<String, Tensor>> answer) {
        this(operation, answer, Map.of());
    }

    static Optional<Route> to(Operation operation) {
        return Optional.ofNullable(ALL.get(operation.id()));
    }

    /** To the gradient operation of a function, under the same conventions. */
    private Route gradient() {
        return new Route(operation + ".gradient", q -> Autograd.gradient(q, answer), conventions);
    }

    private static List<Route> recurrent() {
        Stream<Route> differentiated = Stream.of(
                new Route("recurrent.regression", Heads::regression),
                new Route("recurrent.classifier", Heads::classifier),
                new Route("recurrent.gru", Gated::gru, GRU),
                new Route("recurrent.lstm", Gated::lstm, LSTM),
                new Route("recurrent.lstm.columns", Gated::lstmColumns, COLUMNS),
                new Route("recurrent.lstm.stacked", Gated::lstmStacked, LSTM),
                new Route("recurrent.stacked", Recurrent::stacked),
                new Route("recurrent.residual", Recurrent::residual),
                new Route("recurrent.preactivation", Recurrent::preactivation),
                new Route("recurrent.variable_length", Recurrent::variableLength),
                new Route("recurrent.low_rank", Recurrent::lowRank),
                new Route("recurrent.bidirectional", Bidirectional::layer),
                new Route("recurrent.bidirectional.regression", Bidirectional::regression));
        Stream<Route> others = Stream.of(
                new Route("recurrent.scalar", Recurrent::scalar),
                new Route("recurrent.vanilla", Recurrent::vanilla),
                new Route("recurrent.vanilla.gradient", Recurrent::vanillaGradient),
                new Route("recurrent.truncated", Recurrent::truncated).gradient(),
                new Route("recurrent.running_average", Recurrent::runningAverage),
                new Route("recurrent.gradient_flow", Steps::gradientFlow),
                new Route("recurrent.lstm.gradient_flow", Steps::lstmGradientFlow, LSTM));
        return Stream.concat(differentiated.flatMap(route -> Stream.of(route, route.gradient())), others)
                .toList();
    }

    private static List<Route> optimization() {
        return List.of(
                new Route("optimization.momentum", Descent::momentum, Map.of("rate", "outside")),
                new Route("optimization.running_average", Descent::runningAverage, Map.of("correction", "raw")),
                new Route("optimization.sgd", Descent::sgd, Map.of("decay", "coupled", "first_step", "undamped")),
                new Route("optimization.nesterov", Descent::nesterov, Map.of("form", "outside")),
                new Route("optimization.adam", Adaptive::adam, Map.of("epsilon", "outside")),
                new Route("optimization.adam_resumed", Adaptive::resumed, Map.of("counter", "own")),
                new Route("optimization.amsgrad", Adaptive::amsgrad, Map.of("maximum", "raw")),
                new Route("optimization.rmsprop", Adaptive::rmsprop, Map.of("epsilon", "outside", "rate", "outside")),
                new Route("optimization.adagrad", Adaptive::adagrad, Map.of("epsilon", "outside")),
                new Route("optimization.clip_by_norm", Clipping::byNorm, Map.of("epsilon", "added")),
                new Route("optimization.clip_by_norm", Clipping::shortened, Map.of("epsilon", "none")).gradient(),
                new Route("optimization.clip_by_value", Clipping::byValue),
                new Route("optimization.scale_gradient", Clipping::scale),
                new Route("optimization.project_to_ball", Clipping::ball),
                new Route("optimization.project_to_sphere", Clipping::sphere, Map.of("guard", "positive")),
                new Route(
                        "optimization.clipped_descent",
                        Clipping::descent,
                        Map.of("decay", "after", "epsilon", "added")),
                new Route("optimization.gradient_norm_penalty", Directions::gradientNormPenalty),
                new Route("optimization.path_sgd", Directions::pathSgd),
                new Route("optimization.natural_gradient", Directions::natural),
                new Route("optimization.conatural_gradient", Directions::conatural),
                new Route("optimization.sobolev_gradient", Directions::sobolev));
    }

    private static List<Route> initialization() {
        return List.of(
                new Route("initialization.gaussian", Initialization::gaussian),
                new Route("initialization.uniform", Initialization::uniform));
    }

    private static List<Route> regularization() {
        return List.of(
                new Route("regularization.dropout_solution", Regularization::dropout),
                new Route("regularization.ridge_solution", Regularization::ridge));
    }

    private static List<Route> normalization() {
        Route layerNorm = new Route("normalization.layer_norm", Normalization::layerNorm);
        return List.of(layerNorm, layerNorm.gradient());
    }

    private static List<Route> autoencoder() {
        return List.of(new Route("autoencoder.pca", Autoencoder::pca));
    }
}
