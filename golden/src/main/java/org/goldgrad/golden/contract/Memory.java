package org.goldgrad.golden.contract;

import java.util.HashMap;
import java.util.Map;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.operation.Forwarding;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;

/**
 * An implementation that is asked about one operation, and says again what it once said to a question; unless the answer is
 * drawn at random, for then it must say the same by itself.
 */
final class Memory extends Forwarding {
    private final Map<Inputs, Reply> said = new HashMap<>();

    Memory(Implementation asked) {
        super(asked);
    }

    @Override
    public Reply answer(Operation operation, Inputs inputs) {
        return operation.sampled()
                ? asked().answer(operation, inputs)
                : said.computeIfAbsent(inputs, question -> asked().answer(operation, question));
    }
}
