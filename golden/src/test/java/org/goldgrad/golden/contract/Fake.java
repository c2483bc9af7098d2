package org.goldgrad.golden.contract;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.goldgrad.analytic.arithmetic.Binary64;
import org.goldgrad.analytic.arithmetic.Emulated;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reference;
import org.goldgrad.properties.operation.Reply;

/** An implementation that answers as a function says. */
record Fake(Format format, Map<String, String> declared, BiFunction<Operation, Inputs, Reply> function)
        implements Implementation {
    /** The reference, with these conventions declared wherever an operation has one of them. */
    static Fake following(Map<String, String> declared) {
        return new Fake(Format.BINARY64, declared, new Reference()::answer);
    }

    static Fake answering(BiFunction<Operation, Inputs, Reply> function) {
        return new Fake(Format.BINARY64, Map.of(), function);
    }

    /** The reference with one mistake of the catalogue's. */
    static Fake making(Operation wrong, String mistake) {
        Definition definition = wrong.mistakes().stream()
                .filter(one -> one.id().equals(mistake))
                .map(Mistake::wrong)
                .findFirst()
                .orElseThrow();
        return answering((operation, inputs) -> operation.equals(wrong)
                ? new Reply.Answered(
                        definition.of(inputs.in(Binary64.ARITHMETIC)).nearest())
                : new Reference().answer(operation, inputs));
    }

    /** The definitions, every operation rounded to a format; what the reference draws at random, rounded once. */
    static Fake honest(Format format) {
        return new Fake(
                format,
                Map.of(),
                (operation, inputs) -> operation.sampled()
                        ? rounded(operation.refer(inputs), format)
                        : new Reply.Answered(operation
                                .definition()
                                .of(inputs.in(Emulated.arithmetic(format, Emulated.Order.FORWARD)))
                                .nearest()));
    }

    private static Reply rounded(Outputs outputs, Format format) {
        Map<String, Array> rounded = new LinkedHashMap<>();
        outputs.arrays().forEach((name, array) -> rounded.put(name, array.map(format::round)));
        return new Reply.Answered(new Outputs(rounded));
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public String version() {
        return "1.0";
    }

    @Override
    public Map<String, String> conventions(Operation operation) {
        boolean concerned =
                operation.conventions().stream().anyMatch(convention -> declared.containsKey(convention.id()));
        return concerned ? declared : Map.of();
    }

    @Override
    public Reply answer(Operation operation, Inputs inputs) {
        return function.apply(operation, inputs);
    }
}
