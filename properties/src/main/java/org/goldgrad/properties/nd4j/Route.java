package org.goldgrad.properties.nd4j;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.operation.Reply;

/** How a question reaches a framework: through which of its parts, and the conventions that these have chosen. */
public record Route(String through, Function<Inputs, Reply> answer, Map<String, String> conventions) {
    public static Route through(String part, Function<Inputs, Reply> answer) {
        return new Route(part, answer, Map.of());
    }

    public static Route declined(String reason) {
        return new Route("nothing", inputs -> new Reply.Declined(reason), Map.of());
    }

    public Route choosing(String convention, String choice) {
        Map<String, String> more = new HashMap<>(conventions);
        more.put(convention, choice);
        return new Route(through, answer, Map.copyOf(more));
    }
}
