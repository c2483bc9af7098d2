package org.goldgrad.properties.nd4j;

import static java.util.Map.entry;

import java.util.Map;

/** Clipping and projections by ND4J's named operations, and what looks at more of the objective than its gradient. */
final class ClippingRoutes {
    static final Map<String, Route> ROUTES = Map.ofEntries(
            entry(
                    "optimization.clip_by_norm",
                    Route.through("clipbynorm or clip_by_global_norm", Nd4jClipping::byNorm)
                            .choosing("epsilon", "none")),
            entry(
                    "optimization.clip_by_norm.gradient",
                    Route.through("clipbynorm_bp", Nd4jClipping::byNormGradient).choosing("epsilon", "none")),
            entry("optimization.clip_by_value", Route.through("clipbyvalue", Nd4jClipping::byValue)),
            entry("optimization.scale_gradient", Route.declined("ND4J does not scale losses or gradients.")),
            entry("optimization.project_to_ball", Route.through("clipbynorm", Nd4jClipping::toBall)),
            entry("optimization.project_to_sphere", Route.declined("ND4J has no projection to a sphere.")),
            entry(
                    "optimization.clipped_descent",
                    Route.through("clip_by_global_norm, SgdUpdater and clipbynorm", Nd4jClipping::descent)
                            .choosing("epsilon", "none")),
            entry(
                    "optimization.gradient_norm_penalty",
                    Route.declined("ND4J has no updater that asks for a second gradient.")),
            entry("optimization.path_sgd", Route.declined("ND4J has no updater that sees the paths of a network.")),
            entry("optimization.natural_gradient", noMetric()),
            entry("optimization.conatural_gradient", noMetric()),
            entry("optimization.sobolev_gradient", noMetric()));

    private ClippingRoutes() {}

    private static Route noMetric() {
        return Route.declined("ND4J has no updater that divides by a matrix.");
    }
}
