package org.goldgrad.properties.operation;

import java.util.Map;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Inputs;

/** Goldgrad's own reference implementations, judged like any other. */
public record Reference() implements Implementation {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public String version() {
        return "Goldgrad's reference on EJML, Java";
    }

    @Override
    public Format format() {
        return Format.BINARY64;
    }

    @Override
    public Map<String, String> conventions(Operation operation) {
        return Map.of();
    }

    @Override
    public Reply answer(Operation operation, Inputs inputs) {
        return new Reply.Answered(operation.refer(inputs));
    }
}
