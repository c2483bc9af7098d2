package org.goldgrad.properties.nd4j;

import static java.util.Map.entry;

import java.util.Map;
import java.util.function.BiFunction;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.operation.Reply;

/**
 * Optimizers by the updaters that step as they do, whichever loop calls them.
 *
 * @param loop trains the parameters of a question with an updater for every group
 */
public record OptimizationRoutes(BiFunction<Nd4jUpdater, Inputs, Reply> loop) {
    public Map<String, Route> routes() {
        return Map.ofEntries(
                entry(
                        "optimization.momentum",
                        Route.declined("ND4J's only updater with momentum is Nesterovs, which takes Nesterov's step.")),
                entry(
                        "optimization.running_average",
                        Route.declined("ND4J has no updater that steps along a running average of the gradient.")),
                entry("optimization.sgd", through("SgdUpdater", Nd4jUpdaters.SGD)),
                entry(
                        "optimization.nesterov",
                        through("NesterovsUpdater", Nd4jUpdaters.NESTEROVS).choosing("form", "inside")),
                entry(
                        "optimization.adam",
                        through("AdamUpdater", Nd4jUpdaters.ADAM).choosing("epsilon", "hat")),
                entry("optimization.adam_resumed", through("AdamUpdater", Nd4jUpdaters.ADAM_RESUMED)),
                entry(
                        "optimization.amsgrad",
                        through("AMSGradUpdater", Nd4jUpdaters.AMSGRAD).choosing("maximum", "hat")),
                entry(
                        "optimization.nadam",
                        through("NadamUpdater", Nd4jUpdaters.NADAM).choosing("schedule", "same")),
                entry(
                        "optimization.adamax",
                        through("AdaMaxUpdater", Nd4jUpdaters.ADAMAX).choosing("epsilon", "none")),
                entry(
                        "optimization.rmsprop",
                        through("RmsPropUpdater", Nd4jUpdaters.RMSPROP)
                                .choosing("epsilon", "outside")
                                .choosing("centered", "plain")
                                .choosing("rate", "inside")),
                entry(
                        "optimization.adagrad",
                        through("AdaGradUpdater", Nd4jUpdaters.ADAGRAD).choosing("epsilon", "outside")),
                entry("optimization.adadelta", through("AdaDeltaUpdater", Nd4jUpdaters.ADADELTA)));
    }

    private Route through(String part, Nd4jUpdater updater) {
        return Route.through(part, inputs -> loop.apply(updater, inputs));
    }
}
