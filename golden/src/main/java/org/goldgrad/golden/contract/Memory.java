package org.goldgrad.golden.contract;

import java.util.HashMap;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;

/** An implementation that is asked about one operation, and says again what it once said to a question. */
final class Memory implements Implementation {
    private final Implementation asked;
    private final Map<Inputs, Reply> said = new HashMap<>();

    Memory(Implementation asked) {
        this.asked = asked;
    }

    @Override
    public String name() {
        return asked.name();
    }

    @Override
    public String version() {
        return asked.version();
    }

    @Override
    public Format format() {
        return asked.format();
    }

    @Override
    public Map<String, String> conventions(Operation operation) {
        return asked.conventions(operation);
    }

    @Override
    public Reply answer(Operation operation, Inputs inputs) {
        return said.computeIfAbsent(inputs, question -> asked.answer(operation, question));
    }
}
