package org.goldgrad.golden.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.goldgrad.analytic.arithmetic.Binary64;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.sampling.Law;
import org.goldgrad.properties.operation.Argument;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Signature;

/**
 * The judge of samples, tried on samplers of which it is known whether they are right: seeded runs, each judged as a case
 * is, with samples of 4,096 numbers and a second look where it is due.
 */
public final class Simulation {
    /** 2,048 weights of fan_in 32 and fan_out 128. */
    private static final Map<String, Integer> SHAPE = Map.of("outputs", 64, "inputs", 16, "height", 2, "width", 1);
    /** Seeds of one run, which no other run of a sampler of the same operation has that is right. */
    private static final int SEEDS = 10;
    /** The most runs for which there are seeds, six conventions of each. */
    public static final int MOST = 16_000;

    private static final double SHRUNK = 0.8796;

    private Simulation() {}

    /**
     * Something that draws.
     *
     * @param name of the operation and its conventions, and what is wrong
     * @param right whether it follows its law
     */
    public record Sampler(
            String name,
            boolean right,
            Operation operation,
            Map<String, String> variant,
            Function<Inputs, Array> draw) {}

    /**
     * What became of the runs of a sampler.
     *
     * @param accused how many were
     * @param second how many took a second look
     */
    public record Tally(Sampler sampler, int runs, int accused, int second) {
        /** Whether the right are never accused, and the wrong always. */
        public boolean holds() {
            return accused == (sampler.right() ? 0 : runs);
        }
    }

    /** All reference samplers under all conventions, every mistake that they know, and a deviation of 0.8796 times σ. */
    public static List<Sampler> samplers(List<Operation> operations) {
        List<Sampler> samplers = new ArrayList<>();
        for (Operation operation : operations) {
            String output = operation.signature().outputs().get(0).name();
            for (Map<String, String> variant : operation.variants()) {
                String name = operation.id() + " " + String.join(" ", variant.values());
                samplers.add(new Sampler(
                        name, true, operation, variant, q -> operation.refer(q).array(output)));
                Map<String, String> first = operation.variants().get(0);
                for (Mistake mistake : operation.mistakes()) {
                    boolean applies = mistake.applies().test(variant);
                    if (applies && (variant.equals(first) || !mistake.applies().test(first))) {
                        samplers.add(planted(name + ", " + mistake.id(), operation, variant, mistake.wrong()));
                    }
                }
            }
            Map<String, String> first = operation.variants().get(0);
            samplers.add(new Sampler(
                    operation.id() + " " + String.join(" ", first.values()) + ", " + SHRUNK + " of the deviation",
                    false,
                    operation,
                    first,
                    q -> {
                        Law right = law(operation.definition(), q);
                        return draw(operation, Law.of(right.entry().scaled(SHRUNK)), q);
                    }));
        }
        return samplers;
    }

    private static Sampler planted(String name, Operation operation, Map<String, String> variant, Definition wrong) {
        return new Sampler(name, false, operation, variant, q -> draw(operation, law(wrong, q), q));
    }

    private static Law law(Definition definition, Inputs question) {
        return Law.of(definition.of(question.in(Binary64.ARITHMETIC)).nearest());
    }

    private static Array draw(Operation operation, Law law, Inputs question) {
        Argument output = operation.signature().outputs().get(0);
        int[] shape = Signature.shape(output, operation.signature().sizesOf(question));
        return Planted.draw(law, shape, question.integer(Operation.SEED));
    }

    /** Judges so many runs of a sampler, on all processors. */
    public static Tally run(Sampler sampler, int runs) {
        int first = sampler.operation().variants().indexOf(sampler.variant()) * runs;
        Inputs shape = new Inputs(Map.of(), SHAPE, sampler.variant());
        Law law = law(sampler.operation().definition(), shape);
        int[] counts = IntStream.range(0, runs)
                .parallel()
                .mapToObj(i -> run(sampler, law, shape.withInteger(Operation.SEED, SEEDS * (first + i))))
                .map(ruling -> new int[] {
                    ruling.accusation().isPresent() ? 1 : 0, ruling.second().isPresent() ? 1 : 0
                })
                .reduce(new int[2], (a, b) -> new int[] {a[0] + b[0], a[1] + b[1]});
        return new Tally(sampler, runs, counts[0], counts[1]);
    }

    private static Ruling run(Sampler sampler, Law law, Inputs question) {
        Ruling first = Ruling.of(law, Format.BINARY64, answers(sampler, Series.first(question)));
        return first.isOpen() ? first.with(answers(sampler, Series.second(question))) : first;
    }

    private static List<Array> answers(Sampler sampler, List<Inputs> questions) {
        return questions.stream().map(sampler.draw()).toList();
    }
}
