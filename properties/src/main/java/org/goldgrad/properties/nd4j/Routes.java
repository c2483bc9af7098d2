package org.goldgrad.properties.nd4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;

/** The routes to a framework by the ids of operations; what has none is declined. */
public final class Routes {
    private final String framework;
    private final Map<String, Route> routes;

    public Routes(String framework, Map<String, Route> routes) {
        this.framework = framework;
        this.routes = Map.copyOf(routes);
    }

    public Map<String, String> conventions(Operation operation) {
        return route(operation).conventions();
    }

    /** @throws IllegalStateException naming the part of the framework that failed */
    public Reply answer(Operation operation, Inputs inputs) {
        Route route = route(operation);
        try {
            return route.answer().apply(inputs);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    operation.id() + " through " + framework + "'s " + route.through() + " failed: " + e, e);
        }
    }

    private Route route(Operation operation) {
        Route unknown = Route.declined("Nothing of " + framework + " has been connected to " + operation.id() + ".");
        return routes.getOrDefault(operation.id(), unknown);
    }

    /**
     * The release that a jar of the framework names itself.
     *
     * @param artifact {@code group/artifact}
     */
    public static String release(Class<?> inJar, String artifact) {
        String path = "/META-INF/maven/" + artifact + "/pom.properties";
        Properties pom = new Properties();
        try (InputStream stream = inJar.getResourceAsStream(path)) {
            if (stream != null) {
                pom.load(stream);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
        return pom.getProperty("version", "of unknown version");
    }
}
