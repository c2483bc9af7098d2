package org.goldgrad.properties.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.goldgrad.analytic.definition.Inputs;

/** Answers as another implementation does, and remembers what it was asked: what a law did, for instance. */
public final class Recording extends Forwarding {
    private final List<Asked> record = new ArrayList<>();

    public Recording(Implementation asked) {
        super(asked);
    }

    /** A question; the reply is absent if it crashed. */
    public record Asked(Operation operation, Inputs inputs, Optional<Reply> reply) {}

    /** Everything it was asked so far, in this order. */
    public List<Asked> record() {
        return List.copyOf(record);
    }

    /** The inputs of the last question; empty ones if there was none. */
    public Inputs last() {
        return record.isEmpty() ? Inputs.empty() : record.get(record.size() - 1).inputs();
    }

    @Override
    public Reply answer(Operation operation, Inputs inputs) {
        int at = record.size();
        record.add(new Asked(operation, inputs, Optional.empty()));
        Reply reply = asked().answer(operation, inputs);
        record.set(at, new Asked(operation, inputs, Optional.of(reply)));
        return reply;
    }
}
