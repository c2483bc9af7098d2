package org.goldgrad.golden.adapter;

import java.util.Optional;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;

/** A question to an adapter, from its announcement to its reply. */
final class Question {
    static final String MALFORMED = "malformed answer";

    private static final int DEADLY = 2;

    private final Operation operation;
    private final Inputs inputs;
    private int deaths;
    private Optional<Reply> reply = Optional.empty();
    private Optional<Implementation.Failure> failure = Optional.empty();

    Question(Operation operation, Inputs inputs) {
        this.operation = operation;
        this.inputs = inputs;
    }

    Operation operation() {
        return operation;
    }

    Inputs inputs() {
        return inputs;
    }

    boolean asks(Operation another, Inputs question) {
        return operation.id().equals(another.id()) && inputs.equals(question);
    }

    boolean isOpen() {
        return reply.isEmpty() && failure.isEmpty();
    }

    /** How often the process died while this was under way. */
    int deaths() {
        return deaths;
    }

    void answered(Reply r) {
        reply = Optional.of(r);
    }

    void failed(String symptom, String reason) {
        failed(new Implementation.Failure(symptom, reason));
    }

    void failed(Implementation.Failure why) {
        failure = Optional.of(why);
    }

    void died(String symptom, String evidence) {
        deaths++;
        if (deaths == DEADLY) {
            failed(symptom, "the adapter ended over it twice: " + evidence);
        }
    }

    /** What came of it, once it is open no more. */
    Reply reply() {
        failure.ifPresent(why -> {
            throw why;
        });
        return reply.orElseThrow();
    }
}
