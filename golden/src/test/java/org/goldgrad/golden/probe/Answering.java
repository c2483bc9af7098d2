package org.goldgrad.golden.probe;

import java.util.Map;
import java.util.function.Function;
import org.goldgrad.analytic.arithmetic.Binary64;
import org.goldgrad.analytic.arithmetic.Emulated;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;

/**
 * Answers by a function.
 *
 * @param only the id of the only operation that it answers; empty if it answers all
 */
record Answering(
        String only, Format format, Map<String, String> declared, Function<Operation, Function<Inputs, Outputs>> by)
        implements Implementation {

    /** The definitions, in every step rounded to a format. */
    static Answering honestly(Format format) {
        return new Answering(
                "",
                format,
                Map.of(),
                operation -> inputs -> operation
                        .definition()
                        .of(inputs.in(Emulated.arithmetic(format, Emulated.Order.PAIRWISE)))
                        .nearest());
    }

    /** One definition, right or wrong, in doubles. */
    static Answering defined(Operation operation, Definition definition) {
        return with(
                operation,
                inputs -> definition.of(inputs.in(Binary64.ARITHMETIC)).nearest());
    }

    static Answering with(Operation operation, Function<Inputs, Outputs> answer) {
        return new Answering(operation.id(), Format.BINARY64, Map.of(), unused -> answer);
    }

    Answering declaring(Map<String, String> conventions) {
        return new Answering(only, format, conventions, by);
    }

    @Override
    public String name() {
        return "test";
    }

    @Override
    public String version() {
        return "test 1, Java";
    }

    @Override
    public Map<String, String> conventions(Operation operation) {
        return declared;
    }

    @Override
    public Reply answer(Operation operation, Inputs inputs) {
        if (!only.isEmpty() && !only.equals(operation.id())) {
            return new Reply.Declined("not this one");
        }
        return new Reply.Answered(by.apply(operation).apply(inputs));
    }
}
