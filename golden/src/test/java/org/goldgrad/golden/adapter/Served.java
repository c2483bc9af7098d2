package org.goldgrad.golden.adapter;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reference;
import org.goldgrad.properties.operation.Reply;

/**
 * An implementation to serve, and the program that serves one: the reference, with or without a vice.
 *
 * @param declared what it always follows, for every operation that has it
 */
record Served(Map<String, String> declared, BiFunction<Operation, Inputs, Reply> answers) implements Implementation {
    private static final Reference REFERENCE = new Reference();

    static Served answering(BiFunction<Operation, Inputs, Reply> answers) {
        return new Served(Map.of(), answers);
    }

    public static void main(String[] arguments) {
        AtomicInteger asked = new AtomicInteger();
        Served served = answering((operation, inputs) -> {
            boolean third = asked.incrementAndGet() % 3 == 0;
            switch (third ? arguments[0] : "honest") {
                case "honest" -> {}
                case "talkative" -> System.out.println("{\"seq\":0}");
                case "throwing" -> throw new IllegalStateException("a third", new ArithmeticException("1 / 0"));
                default -> throw new IllegalArgumentException("no vice " + arguments[0]);
            }
            return REFERENCE.answer(operation, inputs);
        });
        System.exit(Server.serve(
                served,
                Catalogue.operations(),
                "cpu",
                "Java " + Runtime.version().feature()));
    }

    /** What starts it in a JVM of its own with the class path of this one. */
    static List<String> command(String vice) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Served.class.getName(),
                vice);
    }

    @Override
    public String name() {
        return "served";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public Format format() {
        return Format.BINARY64;
    }

    @Override
    public Map<String, String> conventions(Operation operation) {
        return operation.conventions().stream().anyMatch(convention -> declared.containsKey(convention.id()))
                ? declared
                : Map.of();
    }

    @Override
    public Reply answer(Operation operation, Inputs inputs) {
        return answers.apply(operation, inputs);
    }
}
